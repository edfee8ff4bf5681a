import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { shardOf } from '../../lib/plan';
import { inTemporaryFolders } from '../temporary-folders';

const ROOT = join(__dirname, '../..');
const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: ROOT });
}

const NAMES = ['prod-a', 'prod-b', 'prod-c', 'staging'];

function writeFleet(): void {
  const clusters = [...NAMES].reverse().map((name) => `  ${name}: { nodes: 10 }\n`);
  writeFileSync('fleet.yaml', `supernets: [10.0.0.0/8]\nclusters:\n${clusters.join('')}`);
}

describe('netloom shard', () => {
  beforeEach(writeFleet);

  test('the clusters of one job, one a line', async () => {
    const lines: string[] = [];
    for (const index of ['1', '2', '3']) {
      expect(await netloom('shard', 'fleet.yaml', '--count', '3', '--index', index)).toBe(0);
      const names = printed.output().trimEnd().split('\n').filter(Boolean);
      expect(names).toEqual(NAMES.filter((name) => String(shardOf(name, 3)) === index));
      lines.push(...names);
    }
    expect(lines.sort()).toEqual(NAMES);
  });

  test('all jobs', async () => {
    expect(await netloom('shard', 'fleet.yaml', '--count', '3')).toBe(0);
    expect(printed.output().trimEnd().split('\n')).toEqual(
      [1, 2, 3].flatMap((index) =>
        NAMES.filter((name) => shardOf(name, 3) === index).map((name) => `${index}/3 ${name}`),
      ),
    );
  });

  test('as JSON', async () => {
    expect(await netloom('shard', 'fleet.yaml', '--count', '1', '-o', 'json')).toBe(0);
    expect(JSON.parse(printed.output())).toEqual({ version: 1, count: 1, shards: [{ index: 1, clusters: NAMES }] });
  });

  test('the matrix has no job without a cluster', async () => {
    expect(await netloom('shard', 'fleet.yaml', '--count', '50', '-o', 'matrix')).toBe(0);
    const used = [...new Set(NAMES.map((name) => shardOf(name, 50)))].sort((a, b) => a - b);
    expect(JSON.parse(printed.output())).toEqual(used.map((index) => `${index}/50`));
  });

  test.each([
    [['--index', '1'], "required option '--count <COUNT>' not specified"],
    [['--count', '0'], 'it is no number from 1 to 10000'],
    [['--count', '10001'], 'it is no number from 1 to 10000'],
    [['--count', '2', '--index', '3'], '--index 3 is beyond --count 2: the first one is 1'],
  ])('%j is wrong usage', async (args, message) => {
    expect(await netloom('shard', 'fleet.yaml', ...args)).toBe(2);
    expect(printed.errors()).toContain(message);
  });

  test('a fleet that cannot be read', async () => {
    writeFileSync('broken.yaml', 'clusters: [');
    expect(await netloom('shard', 'broken.yaml', '--count', '2')).toBe(1);
    expect(printed.errors()).toMatch(/^netloom: broken\.yaml: /);
    expect(await netloom('shard', 'absent.yaml', '--count', '2')).toBe(1);
    expect(printed.errors()).toContain('cannot read absent.yaml');
  });
});

/** An app of 6 clusters, each with a Service whose port is wrong, whose ranges overlap with those of another fleet. */
const APP = `
const { Chart } = require('cdk8s');
const { App, Cluster, ClusterIpService, Pods } = require(${JSON.stringify(join(ROOT, 'build/lib'))});
const app = new App();
for (let index = 0; index < 6; index++) {
  const cluster = new Cluster(app, 'prod-' + index, { serviceCidrs: ['10.' + (index % 5) + '.0.0/16'] });
  if (!cluster.isInShard) continue;
  new ClusterIpService(new Chart(cluster, 'shop'), 'web', { pods: Pods.labelled({ app: 'web' }), ports: [{ port: 99999 }] });
}
app.synth();
`;

describe('netloom merge', () => {
  beforeEach(() => {
    writeFileSync('app.js', APP);
    writeFileSync('cdk8s.yaml', 'language: typescript\napp: node app.js\n');
    symlinkSync(join(ROOT, 'node_modules'), 'node_modules');
  });

  async function result(format: string, shard = ''): Promise<string> {
    process.env.NETLOOM_SHARD = shard;
    expect(await netloom('check', '-o', format)).toBe(1);
    return printed.output();
  }

  async function writeShards(format: string): Promise<string[]> {
    const names = ['1', '2', '3'].map((index) => `shard-${index}.${format}`);
    for (const [index, name] of names.entries()) writeFileSync(name, await result(format, `${index + 1}/3`));
    process.env.NETLOOM_SHARD = '';
    return names;
  }

  test('the results of all shards are that of the whole, in every format', async () => {
    const files = await writeShards('json');
    for (const format of ['text', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown']) {
      const whole = await result(format);
      expect(await netloom('merge', ...files, '-o', format, '--count', '3')).toBe(1);
      expect(printed.output()).toBe(whole);
      expect(await netloom('merge', ...files.reverse(), '-o', format)).toBe(1);
      expect(printed.output()).toBe(whole);
    }
  });

  test('logs of SARIF', async () => {
    const files = await writeShards('sarif');
    const whole = JSON.parse(await result('sarif')) as { runs: { results: object[] }[] };
    for (const order of [files, [...files].reverse()]) {
      expect(await netloom('merge', ...order)).toBe(1);
      const merged = JSON.parse(printed.output()) as typeof whole;
      expect(merged.runs).toHaveLength(1);
      expect({ ...merged, runs: [{ ...merged.runs[0], results: [] }] }).toEqual({
        ...whole,
        runs: [{ ...whole.runs[0], results: [] }],
      });
      expect(new Set(merged.runs[0].results.map((one) => JSON.stringify(one)))).toEqual(
        new Set(whole.runs[0].results.map((one) => JSON.stringify(one))),
      );
    }
    expect(await netloom('merge', ...files, '-o', 'json')).toBe(2);
    expect(printed.errors()).toContain('these results are merged as sarif, not as json');
  });

  test('records of clusters', async () => {
    const record = (name: string, file: string): string =>
      `${JSON.stringify({ version: 1, clusters: { [name]: { files: [file] } } }, null, 2)}\n`;
    for (const folder of ['a', 'b', 'c']) mkdirSync(folder);
    writeFileSync('a/netloom.clusters', record('z', 'z.yaml'));
    writeFileSync('b/netloom.clusters', record('y', 'y.yaml'));
    writeFileSync('c/netloom.clusters', record('y', 'other.yaml'));
    expect(await netloom('merge', 'a/netloom.clusters', 'b/netloom.clusters')).toBe(0);
    expect(JSON.parse(printed.output())).toEqual({
      version: 1,
      clusters: { y: { files: ['y.yaml'] }, z: { files: ['z.yaml'] } },
    });
    expect(await netloom('merge', 'b/netloom.clusters', 'c/netloom.clusters')).toBe(1);
    expect(printed.errors()).toContain('the cluster y is in several of b/netloom.clusters, c/netloom.clusters');
  });

  test('what is fixed by --fix stays so', async () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: "80" }] }\n';
    writeFileSync('web.yaml', service);
    await netloom('check', 'web.yaml', '-o', 'json');
    const before = printed.output();
    expect(before).toContain('"replacements"');
    writeFileSync('one.json', before);
    await netloom('merge', 'one.json', '-o', 'json');
    expect(printed.output()).toBe(before);
  });

  test.each([
    ['no JSON', '{"version": 1', 'bad.json is no JSON: is it whole?'],
    ['a plan', '{"version": 1, "clusters": {}, "allocations": []}', 'bad.json is none of what is merged'],
    ['another version', '{"version": 2, "findings": [], "summary": {}}', 'bad.json is none of what is merged'],
    [
      'a finding without a code',
      '{"version": 1, "findings": [{}], "summary": {}}',
      'bad.json is none of what is merged',
    ],
    ['SARIF of another tool', '{"version": "2.1.0", "runs": [{}]}', 'bad.json is none of what is merged'],
    ['a number', '1', 'bad.json is none of what is merged'],
    ['null', 'null', 'bad.json is none of what is merged'],
  ])('%s is said', async (_name, text, message) => {
    writeFileSync('bad.json', text);
    expect(await netloom('merge', 'bad.json')).toBe(1);
    expect(printed.errors()).toContain(message);
    expect(printed.output()).toBe('');
  });

  test('a result that is missing', async () => {
    const empty = '{"version":1,"findings":[],"skipped":[],"suppressed":0,"summary":{"files":0,"objects":0}}';
    writeFileSync('one.json', empty);
    expect(await netloom('merge', 'one.json', '--count', '2')).toBe(1);
    expect(printed.errors()).toContain('there are 1 results and not 2: has every job left one?');
    expect(await netloom('merge', 'one.json', 'two.json')).toBe(1);
    expect(printed.errors()).toContain('cannot read two.json');
    expect(readFileSync('one.json', 'utf8')).toBe(empty);
  });
});
