import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

interface Report {
  readonly findings: {
    code: string;
    severity: string;
    message: string;
    origin: { file: string; line: number } | null;
  }[];
}

async function check(...args: string[]): Promise<string[]> {
  await netloom('check', ...args, '-o', 'json');
  const { findings } = JSON.parse(printed.output()) as Report;
  const loud = findings.filter(({ severity }) => severity !== 'info');
  return loud.map(({ code, severity, origin }) => `${severity} ${code} ${origin?.file ?? '-'}:${origin?.line ?? ''}`);
}

const service = (name: string, ip: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  clusterIP: ${ip}\n  ports: [{ port: 80 }]\n`;

test('the nearest file counts, up to the root of the repository; its paths start where it is', async () => {
  write('netloom.yaml', 'rules: { NL204: off }');
  write('repo/.git/HEAD', '');
  write('repo/netloom.yaml', 'clusters: { east: { paths: [deploy/east/], serviceCidrs: [10.96.0.0/16] } }');
  write('repo/deploy/east/a.yaml', service('a', '10.97.0.1'));
  expect(await check('repo/deploy')).toEqual(['error NL204 repo/deploy/east/a.yaml:5']);
  process.chdir('repo/deploy');
  expect(await check('.')).toEqual(['error NL204 east/a.yaml:5']);
  expect(await check('.', '--config', '../../netloom.yaml')).toEqual([]);
});

test('excluded files are named from the folder of the file', async () => {
  write('repo/.git/HEAD', '');
  write('repo/netloom.yaml', "exclude: ['deploy/old/**']");
  write('repo/deploy/old/a.yaml', service('a', '10.0.0.999'));
  write('repo/deploy/b.yaml', service('b', '10.0.0.1'));
  process.chdir('repo/deploy');
  expect(await check('.')).toEqual([]);
});

test('a configuration that is named must be there', async () => {
  write('a.yaml', service('a', '10.0.0.1'));
  expect(await check('.', '--config', 'gone.yaml')).toEqual(['error NL970 gone.yaml:']);
});

test('a path that matches nothing at all is an error; one that is not asked for is none', async () => {
  write(
    'netloom.yaml',
    'clusters:\n  east: { paths: [east] }\n  west:\n    paths:\n      - west/*.yaml\n      - wset/\n',
  );
  write('east/a.yaml', service('a', '10.0.0.1'));
  write('west/a.yaml', service('a', '10.0.0.1'));
  expect(await check('east')).toEqual(['error NL970 netloom.yaml:6']);
});

test('ranges stand in the fleet, or in its lock', async () => {
  write('fleet.yaml', 'clusters: { east: { podCidrs: [10.0.0.0/16], serviceCidrs: [10.96.0.0/16] } }');
  write('x.lock.json', '{"version": 1, "allocations": {"east/services/IPv4": "10.97.0.0/16"}}');
  write('east/a.yaml', service('a', '10.97.0.200'));
  write('netloom.yaml', 'clusters: { east: { paths: [east], fleet: fleet.yaml } }');
  expect(await check('.')).toEqual(['error NL204 east/a.yaml:5']);
  write('netloom.yaml', 'clusters: { east: { paths: [east], fleet: x.lock.json } }');
  expect(await check('.')).toEqual([]);
  write('netloom.yaml', 'clusters: { esat: { paths: [east], fleet: x.lock.json } }');
  expect(await check('.')).toEqual(['error NL970 -:']);
});

test('manifests of an app need no configuration: their names and the lock say it', async () => {
  write(
    'netloom.lock.json',
    '{"version": 1, "allocations": {"east/services/IPv4": "10.96.0.0/16", "west/services/IPv4": "10.97.0.0/16"}}',
  );
  write('dist/fleet-east-shop-c8a1.k8s.yaml', service('a', '10.97.0.200'));
  write('dist/fleet-west-shop-c8b2.k8s.yaml', service('a', '10.97.0.200'));
  expect(await check('dist')).toEqual(['error NL204 dist/fleet-east-shop-c8a1.k8s.yaml:5']);
  expect(await netloom('config', 'dist')).toBe(0);
  expect(printed.output()).toContain('cluster west: 1 object, as its app says');
});

test('manifests of an app need no configuration: the synth has recorded which are of which cluster', async () => {
  write(
    'app/dist/netloom.clusters',
    JSON.stringify({
      version: 1,
      clusters: {
        east: { files: ['a.yaml', 'gone.yaml'], serviceCidrs: ['10.96.0.0/16'], kubernetesVersion: '1.33' },
        west: { files: ['deep/a.yaml'], serviceCidrs: ['10.97.0.0/16'] },
      },
    }),
  );
  write('app/dist/a.yaml', service('a', '10.97.0.200'));
  write('app/dist/deep/a.yaml', service('a', '10.97.0.200'));
  expect(await check('app/dist')).toEqual(['error NL204 app/dist/a.yaml:5']);
  expect(await check('app/dist', '--cluster', 'west')).toEqual([]);
  write('netloom.yaml', 'cluster: { kubernetesVersion: "1.30" }\nclusters: { west: { podCidrs: [10.0.0.0/16] } }\n');
  expect(await check('app/dist')).toEqual(['error NL204 app/dist/a.yaml:5']);
  printed.clear();
  expect(await netloom('config', 'app/dist', '--cluster', 'west')).toBe(0);
  expect(printed.output()).toContain('podCidrs: 10.0.0.0/16');
  expect(printed.output()).toContain('serviceCidrs: 10.97.0.0/16');
  write('netloom.yaml', 'clusters: { both: { paths: [app], serviceCidrs: [10.97.0.0/16] } }\n');
  expect(await check('app/dist')).toEqual(['warning NL910 app/dist/deep/a.yaml:3']);
});

test('a record that is broken is said', async () => {
  write('dist/netloom.clusters', '<<<<<<< HEAD');
  write('dist/a.yaml', service('a', '10.97.0.200'));
  expect(await netloom('check', 'dist')).toBe(2);
  expect(printed.errors()).toContain(
    'dist/netloom.clusters is not what a synth has written: synthesize the app again, or delete the file',
  );
});

test('nothing to check is a warning, unless it is meant', async () => {
  mkdirSync('empty');
  expect(await check('empty')).toEqual(['warning NL948 -:']);
  expect(await check('empty', '--allow-empty')).toEqual([]);
});

test('a template that was named is a failure, and in a folder a remark', async () => {
  write('a/t.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: "{{ .Values.name }}" }\n');
  expect(await check('a')).toEqual([]);
  expect(await check('a/t.yaml')).toEqual(['error NL930 a/t.yaml:']);
});

test('config says what counts, and from where', async () => {
  write('repo/.git/HEAD', '');
  write(
    'repo/netloom.yaml',
    "exclude: ['old/**']\nrules: { NL204: warning }\nclusters: { east: { paths: [east], serviceCidrs: [10.96.0.0/16] } }\nshared: [a.example.com]\n",
  );
  write('repo/east/a.yaml', service('a', '10.96.0.1'));
  write('repo/b.yaml', service('b', '10.96.0.1'));
  process.chdir('repo');
  expect(await netloom('config')).toBe(0);
  expect(printed.output()).toBe(`configuration: netloom.yaml
rule NL204: warning
excluded: old/**
shared: a.example.com
cluster east: 1 object, of netloom.yaml
  path: east
  serviceCidrs: 10.96.0.0/16
cluster (without a name): 1 object, all that no cluster claims
`);
});

test('config without a file shows the clusters that the files show', async () => {
  write('dev/a.yaml', service('a', '10.0.0.1'));
  write('prod/a.yaml', service('a', '10.0.0.1'));
  expect(await netloom('config')).toBe(0);
  expect(printed.output()).toBe(`configuration: none, as there is no netloom.yaml up to the root of the repository
cluster dev: 1 object, as the files show
cluster prod: 1 object, as the files show
`);
});

test('how several clusters were understood is said once', async () => {
  write('dev/a.yaml', service('a', '10.0.0.1'));
  write('prod/a.yaml', service('a', '10.0.0.1'));
  expect(await netloom('check', '.')).toBe(0);
  const line =
    'understood as 2 clusters, each checked by itself: dev, prod; clusters: of netloom.yaml says it otherwise';
  expect(printed.output().split(line)).toHaveLength(2);
});
