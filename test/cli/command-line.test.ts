import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();
const ROOT = join(__dirname, '../..');

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: ROOT });
}

const service = (name: string, ip: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  clusterIP: ${ip}\n  ports: [{ port: 80 }]\n  externalIPs: [300.0.0.1]\n`;

beforeEach(() => {
  mkdirSync('k8s');
  writeFileSync('k8s/web.yaml', service('web', '10.96.7.7'));
  writeFileSync('k8s/api.yaml', service('api', '10.96.7.7'));
});

const codes = (): string[] => [...new Set([...printed.output().matchAll(/NL\d{3}/g)].map(([code]) => code))].sort();

test.each([
  [['--select', 'NL201'], ['NL201']],
  [['--select', 'cluster-ip-conflict'], ['NL201']],
  [['--select', 'NL20', '--select', 'NL22', '--ignore', 'NL201'], ['NL221']],
  [
    ['--select', 'NL201,NL236'],
    ['NL201', 'NL236'],
  ],
  [
    ['--select', 'NL201', '--select', 'nl236'],
    ['NL201', 'NL236'],
  ],
  [['--ignore', 'NL'], []],
])('%j', async (args, expected) => {
  await netloom('check', 'k8s', '-o', 'concise', ...args);
  expect(codes()).toEqual(expected);
});

test.each([
  ['cluster-ip-conflit', 'did you mean cluster-ip-conflict?'],
  ['NL999', '`netloom rule` lists them'],
  ['201', '`netloom rule` lists them'],
])('there is no rule %s', async (name, help) => {
  const message = `netloom: --select: there is no rule ${name}; ${help}\n`;
  expect(await netloom('check', 'k8s', '--select', name)).toBe(2);
  expect(printed.errors()).toBe(message);
  expect(await netloom('rule', name)).toBe(2);
  expect(printed.errors()).toBe(message.replace('--select: ', ''));
});

test('one line for each finding', async () => {
  expect(await netloom('check', 'k8s', '-o', 'concise', '--select', 'NL201')).toBe(1);
  expect(printed.output()).toMatch(
    /^k8s\/\w+\.yaml:5:14: error NL201 clusterIP 10\.96\.7\.7 is also used by Service shop\/\w+\n$/,
  );
});

test('how many findings each rule has', async () => {
  expect(await netloom('check', 'k8s', '--statistics')).toBe(1);
  expect(printed.output()).toMatch(
    /^2 {2}error NL236 {4}service-external-ip\n1 {2}error NL201 {4}cluster-ip-conflict\n2 {2}warning NL221 .*\n2 {2}info NL248 .*\n\n✗ 3 errors/,
  );
  expect(await netloom('check', 'k8s', '--statistics', '-o', 'json')).toBe(1);
  expect(JSON.parse(printed.output())).toMatchObject({
    version: 1,
    statistics: [
      { code: 'NL236', severity: 'error', count: 2 },
      { code: 'NL201', severity: 'error', count: 1 },
      { code: 'NL221', severity: 'warning', count: 2 },
      { code: 'NL248', severity: 'info', count: 2 },
    ],
  });
  expect(await netloom('check', 'k8s', '--statistics', '-o', 'sarif')).toBe(2);
});

test('a long list starts with what it is made of', async () => {
  for (let index = 0; index < 30; index++)
    writeFileSync(`k8s/s${index}.yaml`, service(`s${index}`, `10.96.8.${index}`));
  await netloom('check', 'k8s');
  expect(printed.output()).toMatch(
    /^97 findings of these rules:\n32 {2}error NL236 {4}service-external-ip\n 1 {2}error NL201 {4}cluster-ip-conflict\n(.*\n){2}\n/,
  );
});

test('--quiet prints the findings alone, --verbose what was read', async () => {
  writeFileSync('k8s/values.yaml', 'replicaCount: 1\nimage: { tag: x }\n');
  await netloom('check', 'k8s', '--quiet', '--select', 'NL201');
  expect(printed.errors()).toBe('');
  expect(printed.output()).not.toMatch(/not checked|errors,/);
  await netloom('check', 'k8s', '-q', '--ignore', 'NL');
  expect(printed.output() + printed.errors()).toBe('');
  for (const args of [
    ['check', 'k8s'],
    ['reach', 'k8s'],
    ['capacity', 'k8s'],
    ['whois', '10.96.7.7', 'k8s'],
  ]) {
    await netloom(...args, '--verbose');
    expect(printed.errors()).toMatch(
      /^configuration: none\nk8s\/api.yaml: 1 object\nk8s\/values.yaml: passed over: .*\nk8s\/web.yaml: 1 object\n3 files read in \d+ ms\n/,
    );
  }
});

test.each([
  [{ NO_COLOR: '' }, [], false],
  [{ NO_COLOR: '' }, ['--color', 'always'], true],
  [{ NO_COLOR: '' }, ['--color=always'], true],
  [{ NO_COLOR: '1' }, ['--color=always'], true],
  [{ NO_COLOR: '', CLICOLOR_FORCE: '1' }, [], true],
  [{ NO_COLOR: '', CLICOLOR_FORCE: '0' }, [], false],
  [{ NO_COLOR: '1', CLICOLOR_FORCE: '1' }, [], false],
  [{ NO_COLOR: '', CLICOLOR_FORCE: '1' }, ['--color=never'], false],
  [{ NO_COLOR: '', CLICOLOR_FORCE: '1' }, ['--no-color'], false],
  [{ NO_COLOR: '', FORCE_COLOR: '1' }, ['--color=auto'], true],
])('with %j and %j colours are %s', async (environment, args, expected) => {
  delete process.env.FORCE_COLOR;
  Object.assign(process.env, environment);
  await netloom('check', 'k8s', ...args);
  expect(printed.output().includes('\u001b[')).toBe(expected);
});

test.each([
  ['check', 'absent.yaml'],
  ['reach', 'absent.yaml'],
  ['explain', 'shop/web', 'shop/api', '80', 'absent.yaml'],
  ['whois', '10.0.0.1', 'absent.yaml'],
  ['whois', '10.0.0.1', '--fleet', 'absent.yaml'],
  ['capacity', 'absent.yaml'],
  ['capacity', '--fleet', 'absent.yaml'],
  ['diff', 'absent.yaml', 'k8s'],
  ['diff', 'k8s', 'absent.yaml'],
  ['config', 'absent.yaml'],
  ['plan', 'absent.yaml'],
  ['plan', 'absent.yaml', '--detailed-exitcode'],
  ['plan', 'k8s'],
])('%s %s %s %s: what is not there ends with 1', async (...args) => {
  expect(await netloom(...args)).toBe(1);
  expect(printed.output() + printed.errors()).toMatch(/absent\.yaml|k8s: it is a directory/);
});

test('a glob without a match is a warning, and --allow-empty says that it may be', async () => {
  expect(await netloom('check', 'no/*.yaml', '-o', 'concise')).toBe(0);
  expect(printed.output()).toBe('no/*.yaml: warning NL948 no .yaml, .yml or .json file matches no/*.yaml\n');
  expect(await netloom('check', 'no/*.yaml', 'k8s/*.yaml', '-o', 'concise', '--allow-empty', '--ignore', 'NL2')).toBe(
    0,
  );
  expect(printed.output()).toBe('');
});

test('--cluster checks one of several, and a misspelt name is none', async () => {
  writeFileSync('netloom.yaml', 'clusters: { east: { paths: [k8s/web.yaml] }, west: { paths: [k8s/api.yaml] } }\n');
  await netloom('check', 'k8s', '--cluster', 'east', '-o', 'concise');
  expect(printed.output()).toMatch(/^(k8s\/web\.yaml:.*\n)+$/);
  expect(await netloom('check', 'k8s', '--cluster', 'north')).toBe(2);
  expect(printed.errors()).toContain('no file is of the cluster north: there is east, west');
  await netloom('config', 'k8s', '--cluster', 'west');
  expect(printed.output()).not.toContain('east');
});

test('groups of connected clusters name clusters that exist', async () => {
  writeFileSync(
    'netloom.yaml',
    'clusters: { east: { paths: [k8s/web.yaml] }, west: { paths: [k8s/api.yaml] } }\nconnected: [[east, wets]]\n',
  );
  await netloom('check', 'k8s', '-o', 'concise', '--select', 'NL970');
  expect(printed.output()).toBe('netloom.yaml:2:20: error NL970 there is no cluster wets\n');
});

test('a plan of one cluster', async () => {
  writeFileSync('fleet.yaml', 'supernets: [10.0.0.0/8]\nclusters: { prod: { nodes: 10 }, dev: { nodes: 10 } }\n');
  expect(await netloom('plan', 'fleet.yaml', '--cluster', 'dev', '-o', 'json')).toBe(0);
  const { clusters, allocations } = JSON.parse(printed.output()) as {
    clusters: object;
    allocations: { key: string }[];
  };
  expect(Object.keys(clusters)).toEqual(['dev']);
  expect(allocations.every(({ key }) => key.startsWith('dev/'))).toBe(true);
  expect(await netloom('plan', 'fleet.yaml', '--cluster', 'prd')).toBe(2);
  expect(printed.errors()).toContain('did you mean prod?');
});

test('a checkout that is not built says so', () => {
  mkdirSync('checkout/bin', { recursive: true });
  cpSync(join(ROOT, 'bin/netloom'), 'checkout/bin/netloom');
  const { status, stderr } = spawnSync(process.execPath, ['checkout/bin/netloom'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'netloom: this checkout is not built: run npm ci and npm run build in it first\n',
  });
});
