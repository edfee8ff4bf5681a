import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetworkValidation } from '../../lib';

interface Violation {
  readonly ruleName: string;
  readonly violatingResources: readonly { resourceName: string; locations: readonly string[]; manifestPath: string }[];
}

let directory: string;
let home: string;
beforeEach(() => {
  home = process.cwd();
  directory = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  process.chdir(directory);
});
afterEach(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true, force: true });
});

const service = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector: { app: ${name} }\n  ports: [{ port: 80 }]\n  ${spec}\n`;

/** What the CLI hands to a plugin, with what it gets back. */
async function validate(properties: object, manifests: string[]) {
  const violations: Violation[] = [];
  const outcomes: string[] = [];
  const logged: string[] = [];
  await new NetworkValidation({ ...properties }).validate({
    manifests: manifests.map((file) => join(directory, file)),
    logger: { log: (line: string) => logged.push(line) },
    report: {
      addViolation: (violation: Violation) => violations.push(violation),
      submit: (outcome: string) => outcomes.push(outcome),
    },
  });
  return { violations, outcomes, logged };
}

test('errors are violations with their places', async () => {
  mkdirSync('dist');
  writeFileSync('dist/a.yaml', service('a', 'clusterIP: 10.96.0.50'));
  writeFileSync('dist/b.yaml', service('b', 'clusterIP: 10.96.0.50'));
  expect(await validate({}, ['dist/a.yaml', 'dist/b.yaml'])).toMatchObject({
    violations: [
      {
        ruleName: 'NL201 cluster-ip-conflict',
        violatingResources: [
          {
            resourceName: 'Service default/b',
            manifestPath: 'dist/b.yaml',
            locations: ['dist/b.yaml:8:14', 'dist/a.yaml:8:14'],
          },
        ],
      },
    ],
    outcomes: ['failure'],
  });
});

test('properties are facts about the cluster', async () => {
  writeFileSync('a.yaml', service('a', 'clusterIP: 10.96.0.50'));
  expect((await validate({}, ['a.yaml'])).outcomes).toEqual(['success']);
  expect((await validate({ serviceCidrs: ['10.97.0.0/16'] }, ['a.yaml'])).violations).toMatchObject([
    { ruleName: 'NL204 cluster-ip-outside-range' },
  ]);
  expect((await validate({ serviceCidrs: ['10.97.0.5/16'] }, ['a.yaml'])).violations).toMatchObject([
    { ruleName: 'NL970 invalid-config' },
  ]);
});

test('netloom.yaml counts: severities, excluded files, clusters', async () => {
  mkdirSync('dist');
  writeFileSync('dist/a.yaml', service('a', 'clusterIP: 10.96.0.50'));
  writeFileSync('dist/b.yaml', service('b', 'clusterIP: 10.96.0.50'));
  const manifests = ['dist/a.yaml', 'dist/b.yaml'];
  const outcomes = async (config: string) => {
    writeFileSync('netloom.yaml', config);
    return (await validate({}, manifests)).outcomes;
  };
  expect(await outcomes('')).toEqual(['failure']);
  expect(await outcomes('rules: { NL201: off }')).toEqual(['success']);
  expect(await outcomes('exclude: [dist/b.*]')).toEqual(['success']);
  expect(await outcomes('clusters: { a: { paths: [dist/a.*] }, b: { paths: [dist/b.*] } }')).toEqual(['success']);
  expect(await outcomes('rulez: {}\nrules: { NL201: off }')).toEqual(['failure']);
});

test('a comment suppresses', async () => {
  writeFileSync('a.yaml', service('a', 'clusterIP: 10.96.0.50'));
  writeFileSync('b.yaml', service('b', 'clusterIP: 10.96.0.50 # netloom-ignore NL201: shared on purpose'));
  expect((await validate({}, ['a.yaml', 'b.yaml'])).outcomes).toEqual(['success']);
});

test('warnings are logged', async () => {
  writeFileSync('a.yaml', service('a', 'clusterIP: 10.96.200.1'));
  const { outcomes, logged } = await validate({ serviceCidrs: ['10.96.0.0/16'] }, ['a.yaml']);
  expect(outcomes).toEqual(['success']);
  expect(logged.join('\n')).toContain('warning NL206 cluster-ip-in-dynamic-band');
});
