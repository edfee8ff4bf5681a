import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const SPEC = `supernets: [10.0.0.0/8, "fd42:10::/32"]
reserved:
  office-vpn: [10.0.0.0/16]
clusters:
  prod-eu:
    families: [IPv4, IPv6]
    nodes: 200
    services: 4000
    loadBalancers: 64
    headroom: 2
  legacy:
    podCidrs: [10.244.0.0/16]
    serviceCidrs: [10.96.0.0/12]
`;

const printed = inTemporaryFolders();
let out: string;
let err: string;

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  const code = await main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
  out = printed.output();
  err = printed.errors();
  return code;
}

const json = (): Record<string, never> => JSON.parse(out) as Record<string, never>;

test('a plan for a person', async () => {
  writeFileSync('fleet.yaml', SPEC);
  expect(await netloom('plan', 'fleet.yaml')).toBe(0);
  expect(out).toMatchSnapshot();
  expect(err).toBe('');
});

test('a plan as JSON has the shape of the contract', async () => {
  writeFileSync('fleet.yaml', SPEC);
  expect(await netloom('plan', 'fleet.yaml', '-o', 'json')).toBe(0);
  const plan = json();
  expect(Object.keys(plan)).toEqual(['version', 'clusters', 'allocations', 'changes', 'free', 'findings']);
  expect(plan.version).toBe(1);
  expect(Object.keys(plan.clusters)).toEqual(['legacy', 'prod-eu']);
  expect(plan.clusters['prod-eu']).toEqual({
    families: ['IPv4', 'IPv6'],
    podCidrs: ['10.4.0.0/15', 'fd42:10::/55'],
    nodeCidrMaskSize: { IPv4: 24, IPv6: 64 },
    serviceCidrs: expect.any(Array) as string[],
    loadBalancerCidrs: expect.any(Array) as string[],
    dnsIps: expect.any(Array) as string[],
    clusterDomain: 'cluster.local',
    capacity: { nodes: 512, podsPerNode: 110, services: 8190, loadBalancers: 128 },
  });
  expect(plan.allocations).toContainEqual({
    key: 'prod-eu/pods/IPv4',
    cidr: '10.4.0.0/15',
    state: 'new',
    reason: '400 nodes (200 × headroom 2) of /24 each; room for 1024 nodes',
  });
  expect(plan.changes).toContainEqual({ key: 'prod-eu/pods/IPv4', before: null, after: '10.4.0.0/15' });
  expect(plan.findings).toEqual([]);
});

test('the order of keys changes no byte', async () => {
  writeFileSync('a.yaml', 'supernets: [10.0.0.0/8]\nclusters: {a: {nodes: 3, services: 9}, b: {nodes: 5}}\n');
  writeFileSync('b.yaml', 'clusters: {b: {nodes: 5}, a: {services: 9, nodes: 3}}\nsupernets: [10.0.0.0/8]\n');
  for (const format of ['text', 'json']) {
    await netloom('plan', 'a.yaml', '-o', format);
    const first = out;
    await netloom('plan', 'b.yaml', '-o', format);
    expect(out).toBe(first);
  }
});

describe('the lock', () => {
  beforeEach(() => {
    writeFileSync('fleet.yaml', SPEC);
  });

  test('is written on request only', async () => {
    await netloom('plan', 'fleet.yaml');
    expect(existsSync('netloom.lock.json')).toBe(false);
    expect(await netloom('plan', 'fleet.yaml', '--write-lock')).toBe(0);
    expect(readdirSync('.').sort()).toEqual(['fleet.yaml', 'netloom.lock.json']);
    expect(readFileSync('netloom.lock.json', 'utf8')).toMatchSnapshot();
    expect(await netloom('plan', 'fleet.yaml')).toBe(0);
    expect(out).toContain('the lock is up to date');
  });

  test.each([
    [[], 0],
    [['--detailed-exitcode'], 2],
    [['--frozen'], 1],
    [['--fail-on', 'info'], 0],
  ])('a plan that changes it, with %j, exits %d', async (options, code) => {
    expect(await netloom('plan', 'fleet.yaml', ...options)).toBe(code);
  });

  test.each([
    [[], 0],
    [['--detailed-exitcode'], 0],
    [['--frozen'], 0],
  ])('a plan that does not change it, with %j, exits %d', async (options, code) => {
    await netloom('plan', 'fleet.yaml', '--write-lock');
    expect(await netloom('plan', 'fleet.yaml', ...options)).toBe(code);
  });

  test('is frozen when CI=true, unless told otherwise', async () => {
    process.env.CI = 'true';
    expect(await netloom('plan', 'fleet.yaml', '--write-lock')).toBe(1);
    expect(out).toContain('NL123');
    expect(existsSync('netloom.lock.json')).toBe(false);
    expect(await netloom('plan', 'fleet.yaml', '--write-lock', '--no-frozen')).toBe(0);
    expect(existsSync('netloom.lock.json')).toBe(true);
  });

  test('that cannot be understood is left alone', async () => {
    writeFileSync('netloom.lock.json', '{"version": 1, "allocations": {"prod-eu/pods/IPv4": ');
    expect(await netloom('plan', 'fleet.yaml', '--write-lock', '-o', 'json')).toBe(1);
    expect(json().findings).toMatchObject([{ code: 'NL903', origin: { file: 'netloom.lock.json', line: 1 } }]);
    expect(readFileSync('netloom.lock.json', 'utf8')).toBe('{"version": 1, "allocations": {"prod-eu/pods/IPv4": ');
  });

  test('lets an allocation move only by name', async () => {
    writeFileSync(
      'small.yaml',
      'supernets: [10.0.0.0/16]\nstrategy: best-fit\nclusters: {a: {nodes: 4}, b: {nodes: 4}}\n',
    );
    await netloom('plan', 'small.yaml', '--write-lock');
    writeFileSync(
      'grown.yaml',
      'supernets: [10.0.0.0/16]\nstrategy: best-fit\nclusters: {a: {nodes: 8}, b: {nodes: 4}}\n',
    );
    expect(await netloom('plan', 'grown.yaml', '--write-lock')).toBe(1);
    expect(out).toContain('NL121');
    expect(await netloom('plan', 'grown.yaml', '--write-lock', '--renumber', 'a/pods/IPv4')).toBe(0);
    expect(out).toContain('~  a/pods/IPv4  10.0.0.0/22 → 10.0.8.0/21');
    expect(await netloom('plan', 'grown.yaml', '--renumber', 'a/pod/IPv4')).toBe(2);
    expect(err).toContain('there is no allocation a/pod/IPv4; did you mean a/pods/IPv4?');
  });
});

describe('bad input', () => {
  test('a spec that cannot be parsed: line and column', async () => {
    writeFileSync('fleet.yaml', 'supernets: [10.0.0.0/8\nclusters: {}\n');
    expect(await netloom('plan', 'fleet.yaml', '-o', 'json')).toBe(1);
    expect(json().findings).toMatchObject([
      { code: 'NL904', message: 'the [ is not closed', origin: { file: 'fleet.yaml', line: 1, column: 12 } },
    ]);
  });

  test('a wrong value: the place of the value', async () => {
    writeFileSync('fleet.yaml', 'supernets:\n  - 10.0.0.5/8\nclusters:\n  a:\n    nodez: 3\n');
    expect(await netloom('plan', 'fleet.yaml', '-o', 'json')).toBe(1);
    expect(json().findings).toMatchObject([
      { code: 'NL901', origin: { line: 2, column: 5 }, message: 'supernets[0]: 10.0.0.5/8 has host bits set' },
      { code: 'NL902', origin: { line: 5 }, help: 'did you mean nodes?' },
    ]);
  });

  test('a name of the prototype is a name like any other', async () => {
    writeFileSync(
      'fleet.yaml',
      'clusters: {__proto__: {nodes: 1}, constructor: {nodes: 1}}\nsupernets: [10.0.0.0/8]\n',
    );
    expect(await netloom('plan', 'fleet.yaml', '-o', 'json')).toBe(1);
    expect(json().findings).toMatchObject([{ code: 'NL901', message: '"__proto__" cannot be the name of a cluster' }]);
    expect(Object.keys(json().clusters)).toEqual(['constructor']);
  });

  test('ten thousand conflicts: a hundred in text, all in JSON', async () => {
    const clusters = Array.from(
      { length: 10_001 },
      (_, index) => `  c${index}: {podCidrs: [10.${index >> 8}.${index & 255}.0/24]}`,
    );
    writeFileSync('fleet.yaml', `reserved: {vpn: [10.0.0.0/8]}\nclusters:\n${clusters.join('\n')}\n`);
    expect(await netloom('plan', 'fleet.yaml')).toBe(1);
    expect(out.match(/^error NL101/gm)).toHaveLength(100);
    expect(out).toContain('… and 9901 more; -o json has all of them');
    expect(await netloom('plan', 'fleet.yaml', '-o', 'json')).toBe(1);
    expect(json().findings).toHaveLength(10_001);
  });

  test.each([
    [['plan'], 'netloom: there is no cdk8s.yaml here'],
    [
      ['plan', '--output-file', 'xml=a'],
      'netloom: --output-file takes FORMAT=FILE with a format of text, json, markdown, svg, not xml=a',
    ],
    [
      ['plan', '-o', 'xml'],
      "error: option '-o, --output <FORMAT>' argument 'xml' is invalid. Allowed choices are text, json, markdown, svg.",
    ],
    [['plna'], "error: unknown command 'plna'\n(Did you mean plan?)"],
    [['plan', '--forzen'], "error: unknown option '--forzen'\n(Did you mean --frozen?)"],
  ])('%j is wrong usage', async (args, message) => {
    expect(await netloom(...args)).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });
});

test('further formats are written to files in the same run', async () => {
  writeFileSync('fleet.yaml', SPEC);
  expect(await netloom('plan', 'fleet.yaml', '--output-file', 'json=plan.json', '--output-file', 'text=plan.txt')).toBe(
    0,
  );
  expect(JSON.parse(readFileSync('plan.json', 'utf8'))).toMatchObject({ version: 1 });
  expect(readFileSync('plan.txt', 'utf8')).toBe(out);
});

describe('without SPEC the fleets of the cdk8s app are planned', () => {
  const APP = `import { App, Chart } from 'cdk8s';
import { Cluster, ClusterIp, ClusterIpService, Pods } from '${join(__dirname, '../../lib').replaceAll('\\', '/')}';
console.log('noise of the app');
const app = new App();
const cluster = new Cluster(app, 'prod', { supernets: ['10.0.0.0/8'], nodes: 10, services: 200 });
new ClusterIpService(new Chart(cluster, 'shop'), 'web', {
  pods: Pods.labelled({ app: 'web' }),
  ports: [{ port: 80 }],
  clusterIp: process.env.FIXED ? ClusterIp.fixed(process.env.FIXED) : ClusterIp.planned(),
});
app.synth();
`;
  beforeEach(() => {
    writeFileSync('main.ts', APP);
    writeFileSync('cdk8s.yaml', `app: node --import ${JSON.stringify(require.resolve('tsx'))} main.ts\n`);
    symlinkSync(join(dirname(require.resolve('cdk8s/package.json')), '..'), 'node_modules');
  });

  test('and none of its files is written', async () => {
    expect(await netloom('plan', '-o', 'json')).toBe(0);
    expect(json().changes).toEqual([
      { key: 'prod/clusterIP/default/web/IPv4', before: null, after: '10.0.32.2' },
      { key: 'prod/pods/IPv4', before: null, after: '10.0.0.0/20' },
      { key: 'prod/services/IPv4', before: null, after: '10.0.32.0/24' },
    ]);
    expect(readdirSync('.').sort()).toEqual(['cdk8s.yaml', 'main.ts', 'node_modules']);
    expect(await netloom('plan', '--write-lock')).toBe(0);
    expect(await netloom('plan', '--frozen', '--detailed-exitcode')).toBe(0);
  }, 30_000);

  test('with the findings of the app', async () => {
    process.env.FIXED = '10.99.0.1';
    expect(await netloom('plan', '-o', 'json', '--write-lock')).toBe(1);
    expect(json().findings).toMatchObject([
      { code: 'NL204', origin: { file: 'main.ts', line: 6, construct: 'prod/shop/web/Resource' } },
    ]);
    expect(existsSync('netloom.lock.json')).toBe(false);
  }, 30_000);

  test('or why it failed before that', async () => {
    writeFileSync('main.ts', 'throw new Error("no such luck");\n');
    expect(await netloom('plan')).toBe(2);
    expect(err).toContain('failed before it was planned');
    expect(err).toContain('no such luck');
  }, 30_000);
});
