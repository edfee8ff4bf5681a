import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { Cluster } from '../../lib';
import { NetworkSynthesis } from '../../lib/synth';
import { CLUSTER_RECORD_NAME, readClusterRecord } from '../../lib/synth/cluster-record';

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

type Paths = Readonly<Record<string, string>>;

/** An app with a construct for each path, which writes the text. */
function appWith(files: Paths, app = new App({ outdir: 'out' })): App {
  const parent = new Construct(app, 'files');
  Object.entries(files).forEach(([path, text], index) => {
    NetworkSynthesis.of(parent).addFile(new Construct(parent, `c${index}`), path, () => text);
  });
  return app;
}

function synthError(app: App): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the synth was expected to fail');
}

const allFiles = (): string[] =>
  readdirSync('.', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

test('are written below the output folder, in their folders', () => {
  appWith({ 'kubeadm/prod.yaml': 'a: 1\n', 'cilium/deep/values.yaml': 'b: 2\n' }).synth();
  expect(allFiles()).toEqual(['out/cilium/deep/values.yaml', 'out/kubeadm/prod.yaml']);
  expect(readFileSync('out/kubeadm/prod.yaml', 'utf8')).toBe('a: 1\n');
});

test('follow CDK8S_OUTDIR, as manifests do', () => {
  process.env.CDK8S_OUTDIR = 'elsewhere';
  try {
    appWith({ 'kubeadm/prod.yaml': 'a: 1\n' }, new App()).synth();
  } finally {
    delete process.env.CDK8S_OUTDIR;
  }
  expect(allFiles()).toEqual(['elsewhere/kubeadm/prod.yaml']);
});

test('are rendered when the app is complete', () => {
  const app = new App({ outdir: 'out' });
  const texts: string[] = [];
  NetworkSynthesis.of(app).addFile(app, 'a/b', () => texts.join());
  texts.push('late');
  app.synth();
  expect(readFileSync('out/a/b', 'utf8')).toBe('late');
});

test('are left alone when they say the same, and replaced when not', () => {
  appWith({ 'a/same': 'x', 'a/other': 'x' }).synth();
  const before = statSync('out/a/same', { bigint: true });
  appWith({ 'a/same': 'x', 'a/other': 'y' }).synth();
  const after = statSync('out/a/same', { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  expect(readFileSync('out/a/other', 'utf8')).toBe('y');
});

test('stand beside the templates of a Helm chart', () => {
  mkdirSync('chart/templates', { recursive: true });
  writeFileSync('chart/Chart.yaml', '');
  appWith({ 'kubeadm/prod.yaml': 'a' }, new App({ outdir: 'chart/templates' })).synth();
  expect(allFiles()).toEqual(['chart/Chart.yaml', 'chart/kubeadm/prod.yaml']);
});

describe('nothing is written', () => {
  const files = { 'kubeadm/prod.yaml': 'a' };
  test('by a synth that fails', () => {
    const ours = appWith(files);
    new Cluster(ours, 'prod', { supernets: ['10.0.0.0/24'], nodes: 100 });
    expect(synthError(ours)).toContain('NL102');
    const theirs = appWith(files);
    new Chart(theirs, 'y').node.addValidation({ validate: () => ['not today'] });
    expect(synthError(theirs)).toContain('not today');
    expect(allFiles()).toEqual([]);
  });
  test('by a synth whose lock is frozen', () => {
    const app = appWith(files);
    new Cluster(app, 'prod', { supernets: ['10.0.0.0/8'], nodes: 1 });
    const ci = process.env.CI;
    process.env.CI = 'true';
    try {
      expect(synthError(app)).toContain('NL123');
    } finally {
      if (ci === undefined) delete process.env.CI;
      else process.env.CI = ci;
    }
    expect(allFiles()).toEqual([]);
  });
  test('in a unit test, which can read them', () => {
    const app = appWith(files, Testing.app());
    app.synth();
    expect(existsSync(join(app.outdir, 'kubeadm'))).toBe(false);
    expect([...NetworkSynthesis.of(app).files()]).toEqual([['kubeadm/prod.yaml', 'a']]);
    rmSync(app.outdir, { recursive: true });
  });
  test('for cdk8s synth --stdout', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-'));
    try {
      const app = appWith(files, new App({ outdir }));
      new ApiObject(new Chart(app, 'c'), 'o', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } });
      app.synth();
      expect(readdirSync(outdir)).toHaveLength(1);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
  test('by app.synthYaml()', () => {
    appWith(files).synthYaml();
    expect(allFiles()).toEqual([]);
  });
});

describe('a path', () => {
  const OUTSIDE = 'is no path below the output folder';
  test.each([
    ['../kubeadm/prod.yaml', OUTSIDE],
    ['a/../../b', OUTSIDE],
    ['/etc/kubeadm.yaml', OUTSIDE],
    ['a//b', OUTSIDE],
    ['a/', OUTSIDE],
    ['', OUTSIDE],
    ['a\\b/c', OUTSIDE],
    ['./a/b', OUTSIDE],
    ['a/.hidden', OUTSIDE],
    ['a/two\nlines', OUTSIDE],
    ['prod.yaml', 'is in no folder'],
  ])('%j is refused', (path, problem) => {
    expect(synthError(appWith({ [path]: '' }))).toContain(
      `NL128 file-path-invalid: ${JSON.stringify(path)} ${problem}`,
    );
    expect(allFiles()).toEqual([]);
  });

  test('belongs to one construct', () => {
    const app = appWith({ 'a/b': '1' });
    const other = new Construct(app, 'other');
    NetworkSynthesis.of(app).addFile(other, 'a/b', () => '2');
    expect(synthError(app)).toContain('NL127 file-path-reused: a/b is also written by files/c0');
  });

  test('is a file or a folder', () => {
    expect(synthError(appWith({ 'a/b/c': '', 'a/b': '' }))).toContain(
      'NL127 file-path-reused: a/b is also the folder of a/b/c, written by files/c0',
    );
  });
});

test('a text that cannot be produced is reported with everything else', () => {
  const app = appWith({ 'x.yaml': '' });
  NetworkSynthesis.of(app).addFile(app, 'a/b', () => {
    throw new Error('no such thing');
  });
  const message = synthError(app);
  expect(message).toContain('NL905 unrenderable-object: a/b: no such thing');
  expect(message).toContain('NL128');
});

test('a folder that cannot be written is an error, and leaves no part of a file', () => {
  mkdirSync('out');
  writeFileSync('out/kubeadm', 'a file');
  expect(synthError(appWith({ 'kubeadm/prod.yaml': 'a' }))).toContain(
    'NL129 file-not-written: cannot write kubeadm/prod.yaml: a part of its path is not a directory',
  );
  expect(allFiles()).toEqual(['out/kubeadm']);
});

test('the order of declarations changes nothing', () => {
  const forth = NetworkSynthesis.of(appWith({ 'a/b': '1', 'a/c': '2' }, Testing.app())).files();
  const back = NetworkSynthesis.of(appWith({ 'a/c': '2', 'a/b': '1' }, Testing.app())).files();
  expect([...back]).toEqual([...forth]);
});

describe('which files are of which cluster', () => {
  const RECORD = join('out', CLUSTER_RECORD_NAME);

  function clustered(yamlOutputType?: YamlOutputType): App {
    const app = new App({ outdir: 'out', yamlOutputType });
    const range = (second: number): string[] => [`10.${second}.0.0/16`];
    for (const [index, name] of ['west', 'east'].entries()) {
      const cluster = new Cluster(app, name, {
        podCidrs: range(index),
        serviceCidrs: range(100 + index),
        kubernetesVersion: '1.34',
      });
      NetworkSynthesis.of(cluster).addFile(cluster, `flags/${name}.yaml`, () => 'a: 1\n');
      NetworkSynthesis.of(cluster).addFile(cluster, `flags/${name}.md`, () => 'text\n');
      const chart = new Chart(cluster, 'shop');
      for (const id of ['a', 'b'])
        new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-${id}` } });
    }
    new ApiObject(new Chart(app, 'common'), 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
    return app;
  }

  const recorded = (): Record<string, unknown> =>
    Object.fromEntries(
      [...(readClusterRecord(readFileSync(RECORD, 'utf8')) ?? new Map<string, never>())].map(([name, { files }]) => [
        name,
        files,
      ]),
    );

  test.each<[YamlOutputType, readonly string[]]>([
    [YamlOutputType.FILE_PER_CHART, ['east-shop-c89015a5.k8s.yaml', 'flags/east.yaml']],
    [YamlOutputType.FILE_PER_RESOURCE, ['ConfigMap.east-a.k8s.yaml', 'ConfigMap.east-b.k8s.yaml', 'flags/east.yaml']],
    [
      YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      [
        'east-shop-c89015a5/ConfigMap.east-a.k8s.yaml',
        'east-shop-c89015a5/ConfigMap.east-b.k8s.yaml',
        'flags/east.yaml',
      ],
    ],
    // One file has the objects of both.
    [YamlOutputType.FILE_PER_APP, ['flags/east.yaml']],
  ])('%s', (type, files) => {
    clustered(type).synth();
    expect(recorded()).toMatchObject({ east: files });
    for (const file of files) expect(existsSync(join('out', file))).toBe(true);
  });

  test('is written beside them, with the facts of each, for whoever reads the folder', () => {
    clustered().synth();
    expect(JSON.parse(readFileSync(RECORD, 'utf8'))).toMatchObject({
      version: 1,
      clusters: {
        east: { podCidrs: ['10.1.0.0/16'], serviceCidrs: ['10.101.0.0/16'], kubernetesVersion: '1.34' },
        west: { podCidrs: ['10.0.0.0/16'] },
      },
    });
  });

  test('an app without clusters has nothing to say', () => {
    appWith({ 'a/b.yaml': 'a: 1\n' }).synth();
    expect(existsSync(RECORD)).toBe(false);
  });
});

test.each([['{'], ['[]'], ['{"version": 2, "clusters": {}}'], ['{"version": 1, "clusters": []}']])(
  '%s is no record',
  (text) => {
    expect(readClusterRecord(text)).toBeUndefined();
  },
);

test('what is wrong in a record is not known', () => {
  const text =
    '{"version": 1, "clusters": {"a": {"files": [1, "x.yaml"], "podCidrs": [7], "serviceCidrs": ["x"], "dns": 1}, "b": null}}';
  expect([...(readClusterRecord(text) ?? [])]).toEqual([
    ['a', { files: ['x.yaml'], facts: {} }],
    ['b', { files: [], facts: {} }],
  ]);
});
