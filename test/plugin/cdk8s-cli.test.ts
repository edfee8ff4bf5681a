import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childProcesses } from '../child-processes';

const ROOT = join(__dirname, '../..');
const run = childProcesses();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `cdk8s synth` on an app without any construct of Netloom, with the plugin as it was built. */
async function synth(
  addresses: readonly string[],
  properties = '{}',
): Promise<{ status: number | null; output: string }> {
  const services = addresses.map(
    (clusterIP, index) =>
      `new ApiObject(chart, 'web-${index}', { apiVersion: 'v1', kind: 'Service', spec: { clusterIP: '${clusterIP}', ports: [{ port: 80 }] } });`,
  );
  writeFileSync(
    join(folder, 'app.js'),
    `const { ApiObject, App, Chart } = require(${JSON.stringify(join(ROOT, 'node_modules/cdk8s'))});
const app = new App();
const chart = new Chart(app, 'shop');
${services.join('\n')}
app.synth();
`,
  );
  writeFileSync(
    join(folder, 'cdk8s.yaml'),
    `app: node app.js
validations:
  - package: ${JSON.stringify(ROOT)}
    version: 0.1.0
    class: NetworkValidation
    properties: ${properties}
`,
  );
  const { status, stdout, stderr } = await run('node', [join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth'], {
    cwd: folder,
    env: { CDK8S_CHECK_UPGRADE: 'false', NO_COLOR: '1' },
  });
  return { status, output: stdout + stderr };
}

test('was built: `npm run build`', () => {
  expect(existsSync(join(ROOT, 'build/lib/index.js'))).toBe(true);
});

test('the CLI of cdk8s shows what the plugin finds, and fails', async () => {
  const { status, output } = await synth(['10.96.0.50', '10.96.0.50']);
  expect(output).toContain('NL201 cluster-ip-conflict');
  expect(output).toMatch(/Resource Name: Service default\/shop-web-\d-\w+/);
  expect(output).toContain('dist/shop.k8s.yaml:');
  expect(status).toBe(2);
});

test('the CLI of cdk8s passes a good app, and hands the properties over', async () => {
  expect((await synth(['10.96.0.50', '10.96.0.51'])).status).toBe(0);
  const { status, output } = await synth(['10.96.0.50'], '{ serviceCidrs: [10.97.0.0/16] }');
  expect(output).toContain('NL204 cluster-ip-outside-range');
  expect(status).toBe(2);
});
