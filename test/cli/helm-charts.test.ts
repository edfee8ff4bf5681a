import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A program that notes what it was asked for, and answers by a script. */
function helm(script: string): void {
  write('bin/helm', `#!/bin/sh\necho "$@" >> asked.txt\n${script}\n`);
  chmodSync('bin/helm', 0o755);
  process.env.PATH = [join(process.cwd(), 'bin'), process.env.PATH ?? ''].join(delimiter);
}

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: 10.99.0.1
  ports: [{ port: 80 }]
`;

/** A chart, one inside of it, and one that has nothing to render. */
function charts(): void {
  write('deploy/shop/Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0\n');
  write('deploy/shop/templates/web.yaml', 'kind: {{ .Values.kind }}\n');
  write('deploy/shop/charts/db/Chart.yaml', 'apiVersion: v2\nname: db\nversion: 1.0.0\n');
  write('deploy/common/Chart.yaml', 'apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n');
}

const asked = (): string[] => readFileSync('asked.txt', 'utf8').trimEnd().split('\n');

test('what a chart renders is checked, with the values that are given', async () => {
  charts();
  helm(`cat <<'END'\n---\n# Source: shop/templates/web.yaml\n${SERVICE}END`);
  const args = ['--service-cidr', '10.96.0.0/16', '-o', 'concise', '--helm', '-f', 'a.yaml', '--values', 'b.yaml'];
  expect(await netloom('check', 'deploy', ...args)).toBe(1);
  expect(printed.output()).toContain('deploy/shop/(helm template):7:14: error NL204');
  // Of the charts only what nobody has rendered is passed over.
  expect(printed.errors()).not.toContain('deploy/shop');
  expect(printed.errors()).toContain('deploy/common/Chart.yaml');
  expect(asked()).toEqual(['template shop ./deploy/shop --values a.yaml --values b.yaml']);
});

test('reach solves what a chart renders', async () => {
  charts();
  helm(`cat <<'END'\napiVersion: v1\nkind: Pod\nmetadata: { name: web }\nEND`);
  expect(await netloom('reach', 'deploy', '--helm')).toBe(0);
  expect(printed.output()).toContain('default/web[Pod]');
});

test('a chart that helm refuses is a finding, and all else is checked', async () => {
  charts();
  write('deploy/a.yaml', SERVICE);
  helm('echo "Error: found in Chart.yaml, but missing in charts/ directory: redis" >&2\necho more >&2\nexit 1');
  expect(await netloom('check', 'deploy', '--helm', '--service-cidr', '10.96.0.0/16', '-o', 'concise')).toBe(1);
  expect(printed.output()).toContain(
    'deploy/shop/Chart.yaml: error NL930 helm template deploy/shop: found in Chart.yaml, but missing in charts/ directory: redis',
  );
  expect(printed.output()).toContain('deploy/a.yaml:5:14: error NL204');
});

test.each<[string, string[], string]>([
  ['without helm', ['deploy', '--helm'], '--helm: there is no helm on the PATH'],
  ['values alone', ['deploy', '-f', 'a.yaml'], '--values belongs to --helm'],
  ['an app', ['--helm'], '--helm needs a PATH'],
  ['fixes', ['deploy', '--helm', '--fix'], '--fix and --helm exclude each other'],
])('%s: wrong usage', async (_, args, expected) => {
  charts();
  process.env.PATH = process.cwd();
  expect(await netloom('check', ...args)).toBe(2);
  expect(printed.errors()).toContain(expected);
});
