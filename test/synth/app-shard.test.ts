import { rmSync } from 'node:fs';
import { App as Cdk8sApp, Chart, YamlOutputType } from 'cdk8s';
import { calico } from '../../apps/calico';
import { fleet } from '../../apps/fleet';
import { onlineBoutique } from '../../apps/online-boutique';
import { production } from '../../apps/production';
import { App, Cluster, ClusterIp, ClusterIpService, Fleet, Pods } from '../../lib';
import { readClusterRecord } from '../../lib/synth/cluster-record';
import { mergeClusterRecords } from '../../lib/synth/merge-cluster-records';
import { inTemporaryFolders } from '../temporary-folders';
import { type Build, CASES } from './app-cases';
import { filesOf } from './written-files';

inTemporaryFolders();

const RECORD = 'netloom.clusters';

function written(build: Build, yamlOutputType: YamlOutputType, shard = ''): Record<string, string> {
  process.env.NETLOOM_SHARD = shard;
  rmSync('out', { recursive: true, force: true });
  const app = new App({ outdir: 'out', yamlOutputType });
  build(app);
  app.synth();
  return filesOf('out');
}

/** Clusters with one name each for the Services in them, so that a planned address shows whose it is. */
const manyClusters: Build = (app) => {
  const names = Array.from({ length: 12 }, (_, index) => `prod-${index}`);
  const clusters = Object.fromEntries(names.map((name) => [name, { nodes: 4, services: 100 }]));
  const planned = new Fleet(app, 'fleet', { supernets: ['10.0.0.0/8'], clusters });
  for (const cluster of planned.clusters) {
    const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
    const pods = Pods.labelled({ app: 'web' });
    for (const name of ['web', 'api']) {
      new ClusterIpService(chart, name, { pods, ports: [{ port: 80 }], clusterIp: ClusterIp.planned() });
    }
  }
};

describe('the files of all shards are those of the whole, to the byte', () => {
  const apps = { manyClusters, calico, fleet, onlineBoutique, production, ...CASES };
  const types = [YamlOutputType.FILE_PER_CHART, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];
  const cases = Object.entries(apps).flatMap(([name, build]) => types.map((type) => [name, type, build] as const));

  test.each(cases)('%s, %s', (_name, type, build) => {
    const { [RECORD]: record = '', ...whole } = written(build, type);
    const lock = filesOf('.')['netloom.lock.json'];
    const shards = ['1/3', '2/3', '3/3'].map((shard) => written(build, type, shard));
    const union = Object.assign({}, ...shards, record === '' ? {} : { [RECORD]: record }) as object;
    expect(union).toEqual(record === '' ? whole : { ...whole, [RECORD]: record });
    const records = shards.flatMap((files) => readClusterRecord(files[RECORD] ?? '') ?? []);
    if (record !== '') expect(mergeClusterRecords(records)).toEqual({ text: record, twice: undefined });
    expect(filesOf('.')['netloom.lock.json']).toBe(lock);
  });
});

test('each file is written by one shard', () => {
  const paths = ['1/3', '2/3', '3/3'].map((shard) =>
    Object.keys(written(manyClusters, YamlOutputType.FILE_PER_CHART, shard)).filter((path) => path !== RECORD),
  );
  expect(paths.flat().length).toBe(12);
  expect(new Set(paths.flat()).size).toBe(12);
  for (const own of paths) expect(own.length).toBeGreaterThan(0);
});

test('code may leave out the charts of other shards', () => {
  const built: string[] = [];
  const build: Build = (app) => {
    for (let index = 0; index < 12; index++) {
      const cluster = new Cluster(app, `prod-${index}`, { serviceCidrs: ['10.96.0.0/12'] });
      if (!cluster.isInShard) continue;
      built.push(cluster.name);
      const pods = Pods.labelled({ app: 'web' });
      new ClusterIpService(new Chart(cluster, 'shop'), 'web', { pods, ports: [{ port: 80 }] });
    }
  };
  const whole = Object.keys(written(build, YamlOutputType.FILE_PER_CHART)).filter((path) => path !== RECORD);
  expect(built.splice(0)).toHaveLength(12);
  const shards = ['1/2', '2/2'].flatMap((shard) =>
    Object.keys(written(build, YamlOutputType.FILE_PER_CHART, shard)).filter((path) => path !== RECORD),
  );
  expect(built).toHaveLength(12);
  expect(shards.sort()).toEqual(whole.sort());
});

test('a shard keeps what the lock says of the Services of others', () => {
  written(manyClusters, YamlOutputType.FILE_PER_CHART);
  const lock = filesOf('.')['netloom.lock.json'];
  process.env.CI = 'true';
  expect(() => written(manyClusters, YamlOutputType.FILE_PER_CHART, '2/3')).not.toThrow();
  expect(filesOf('.')['netloom.lock.json']).toBe(lock);
  expect(lock).toContain('prod-0/clusterIP/shop/web/IPv4');
});

test('a shard is not stopped by what is wrong in another one', () => {
  const build: Build = (app) => {
    for (const name of ['prod', 'staging']) {
      const chart = new Chart(new Cluster(app, name, { serviceCidrs: ['10.96.0.0/12'] }), 'shop');
      const port = name === 'prod' ? 80 : 99_999;
      new ClusterIpService(chart, 'web', { pods: Pods.labelled({ app: 'web' }), ports: [{ port }] });
    }
  };
  expect(() => written(build, YamlOutputType.FILE_PER_CHART)).toThrow('99999');
  const outcomes = ['1/2', '2/2'].map((shard) => {
    try {
      return Object.keys(written(build, YamlOutputType.FILE_PER_CHART, shard));
    } catch (error) {
      return String(error);
    }
  });
  expect(outcomes.filter((outcome) => typeof outcome === 'string')).toEqual([expect.stringContaining('99999')]);
});

test.each([
  [YamlOutputType.FILE_PER_APP, 'app.k8s.yaml'],
  [YamlOutputType.FILE_PER_RESOURCE, 'Service.api.yaml, Service.web.yaml'],
])('%s: a file of clusters in different shards is refused', (type, file) => {
  expect(() => written(manyClusters, type, '1/3')).toThrow(
    `a shard writes whole files, and ${file.replaceAll('.yaml', type === YamlOutputType.FILE_PER_APP ? '.yaml' : '.k8s.yaml')} would hold`,
  );
  expect(() => written(manyClusters, type, '1/1')).not.toThrow();
});

test('the text of a shard is that of its objects', () => {
  const texts = ['', '1/2', '2/2'].map((shard) => {
    process.env.NETLOOM_SHARD = shard;
    const app = new App({ outdir: 'out' });
    manyClusters(app);
    return app.synthYaml().split('---\n').sort();
  });
  expect(texts[1]?.length).toBeLessThan(texts[0]?.length ?? 0);
  expect([...(texts[1] ?? []), ...(texts[2] ?? [])].sort()).toEqual(texts[0]);
});

test.each(['9/8', '0/8', 'one', '1/8 ', '-1/8'])('NETLOOM_SHARD=%s is refused in words', (shard) => {
  const attempt = (): unknown => written(manyClusters, YamlOutputType.FILE_PER_CHART, shard);
  expect(attempt).toThrow(`NETLOOM_SHARD is "${shard}", and must be INDEX/COUNT, such as 1/8`);
  expect(filesOf('.')).toEqual({});
});

test('the App of cdk8s is refused, because it writes the whole app', () => {
  process.env.NETLOOM_SHARD = '1/2';
  const app = new Cdk8sApp({ outdir: 'out' });
  manyClusters(app);
  expect(() => {
    app.synth();
  }).toThrow("NETLOOM_SHARD is set, and the App of cdk8s always writes the whole app: import { App } from 'netloom'");
  expect(filesOf('.')).toEqual({});
});
