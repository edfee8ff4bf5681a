import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import type * as fs from 'node:fs';
import type * as faultyFileSystem from './faulty-file-system';
import type { Fault, FaultyFileSystem } from './faulty-file-system';
import { main } from '../../lib/cli/main';
import { Cluster, KubeadmConfig } from '../../lib';
import { inTemporaryFolders } from '../temporary-folders';

jest.mock('node:fs', () => {
  const real = jest.requireActual<typeof fs>('node:fs');
  const { makeFaulty } = jest.requireActual<typeof faultyFileSystem>('./faulty-file-system');
  const { faulty, control } = makeFaulty(real);
  return { ...faulty, control };
});

const { control } = jest.requireMock<{ readonly control: FaultyFileSystem }>('node:fs');
const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations: {a: 1}
spec:
  clusterIp: 10.96.0.7
  ports: [{port: 80}]
`;
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: web}]}\n';
const FLEET = 'supernets: [10.0.0.0/8]\nclusters: {prod: {nodes: 4}, dev: {nodes: 4}}\n';

interface Writer {
  readonly name: string;
  /** Makes the state before. */
  readonly prepare: () => void | Promise<void>;
  /** Rejects or is not 0 if something could not be written. */
  readonly run: () => Promise<number>;
}

/** A file of the working folder, old or new as a whole: other names must not be there at all. */
const WRITERS: readonly Writer[] = [
  {
    name: 'plan --write-lock over an older lock',
    prepare: async () => {
      writeFileSync('fleet.yaml', 'supernets: [10.0.0.0/8]\nclusters: {prod: {nodes: 4}}\n');
      await netloom('plan', 'fleet.yaml', '--write-lock', '--no-frozen');
      writeFileSync('fleet.yaml', FLEET);
    },
    run: () => netloom('plan', 'fleet.yaml', '--write-lock', '--no-frozen'),
  },
  {
    name: 'plan --write-lock for the first time',
    prepare: () => {
      writeFileSync('fleet.yaml', FLEET);
    },
    run: () => netloom('plan', 'fleet.yaml', '--write-lock', '--no-frozen'),
  },
  {
    name: 'check --fix of two files',
    prepare: () => {
      mkdirSync('k8s');
      for (const name of ['a', 'b']) writeFileSync(`k8s/${name}.yaml`, MANIFEST.replace('web', name));
    },
    run: async () => ((await netloom('check', 'k8s', '--fix', '--fail-on', 'error')) === 2 ? 2 : 0),
  },
  {
    name: 'check --write-baseline',
    prepare: () => {
      writeFileSync('a.yaml', MANIFEST);
      writeFileSync('baseline.json', '{"version": 1, "findings": []}\n');
    },
    run: () => netloom('check', 'a.yaml', '--write-baseline', 'baseline.json'),
  },
  ...['json', 'text', 'sarif', 'github', 'gitlab', 'junit', 'markdown'].map((format) => outputFile('check', format)),
  ...['json', 'text', 'csv', 'markdown', 'dot'].map((format) => outputFile('reach', format)),
  ...['json', 'text', 'markdown', 'svg'].map((format) => outputFile('plan', format)),
  ...['json', 'text'].flatMap((format) => [
    outputFile('explain', format),
    outputFile('whois', format),
    outputFile('capacity', format),
  ]),
  ...['json', 'text', 'markdown'].map((format) => outputFile('diff', format)),
  {
    name: 'a synth',
    prepare: () => {
      mkdirSync('dist/kubeadm', { recursive: true });
      writeFileSync('dist/kubeadm/prod.yaml', 'older\n');
    },
    run: () => {
      const app = new App({ outdir: 'dist' });
      const chart = new Cluster(new Chart(app, 'net'), 'prod', { supernets: ['10.0.0.0/8'], nodes: 4, services: 20 });
      new KubeadmConfig(chart, 'kubeadm', { controlPlaneEndpoint: 'api.example.com:6443' });
      try {
        app.synth();
        return Promise.resolve(0);
      } catch {
        return Promise.resolve(1);
      }
    },
  },
];

function outputFile(command: string, format: string): Writer {
  const arguments_: Record<string, string[]> = {
    check: ['a.yaml'],
    reach: ['a.yaml'],
    plan: ['fleet.yaml'],
    explain: ['default/web', '10.0.0.2', 'pod.yaml'],
    whois: ['10.96.0.7', 'a.yaml'],
    capacity: ['a.yaml'],
    diff: ['a.yaml', 'b.yaml'],
  };
  return {
    name: `${command} --output-file ${format}`,
    prepare: () => {
      writeFileSync('a.yaml', MANIFEST);
      writeFileSync('b.yaml', MANIFEST.replace('80', '81'));
      writeFileSync('pod.yaml', POD);
      writeFileSync('fleet.yaml', FLEET);
      writeFileSync('result', 'older\n');
    },
    run: async () =>
      (await netloom(command, ...arguments_[command], '--output-file', `${format}=result`)) === 2 ? 2 : 0,
  };
}

function snapshot(folder = '.'): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function restore(state: ReadonlyMap<string, string>): void {
  for (const name of snapshot().keys()) if (!state.has(name)) jest.requireActual<typeof fs>('node:fs').rmSync(name);
  for (const [name, text] of state) writeFileSync(name, text);
}

const ERRORS = ['ENOSPC', 'EIO', 'EDQUOT', 'EROFS', 'EACCES'];
const FAULTS: readonly Fault[] = [...ERRORS.map((code): Fault => ({ kind: 'error', code })), { kind: 'full' }];

/** What cdk8s itself writes is not ours to write. */
const OF_CDK8S = '.k8s.yaml';

test.each(WRITERS)(
  '$name: whatever fails, each file is the old or the new one, and the exit code tells',
  async ({ name: writer, prepare, run }) => {
    const isOutput = writer.includes('--output-file');
    await prepare();
    const before = snapshot();
    control.plan(undefined, -1);
    expect(await run()).toBe(0);
    const calls = control.calls();
    const after = snapshot();
    expect(calls).toBeGreaterThan(3);
    expect([...after.values()]).not.toEqual([...before.values()]);
    for (const fault of isOutput ? FAULTS.slice(-2) : FAULTS) {
      for (let call = 0; call < calls; call++) {
        restore(before);
        control.plan(fault, call);
        const code = await run();
        control.plan(undefined, -1);
        const now = snapshot();
        const where = `${JSON.stringify(fault)} at ${call} of ${calls}: exit code ${code}`;
        for (const [name, text] of now) {
          if (name.endsWith(OF_CDK8S)) continue;
          expect({ where, name, text: text === before.get(name) || text === after.get(name) ? 'whole' : text }).toEqual(
            { where, name, text: 'whole' },
          );
        }
        for (const name of before.keys()) expect({ where, name, is: now.has(name) }).toEqual({ where, name, is: true });
        const isNew = [...after].every(([name, text]) => now.get(name) === text);
        if (code === 0) expect({ where, isNew }).toEqual({ where, isNew: true });
      }
    }
    restore(before);
    control.plan({ kind: 'short' }, 0);
    expect(await run()).toBe(0);
    control.plan(undefined, -1);
    expect([...snapshot()].filter(([name]) => !name.endsWith(OF_CDK8S))).toEqual(
      [...after].filter(([name]) => !name.endsWith(OF_CDK8S)),
    );
  },
);
