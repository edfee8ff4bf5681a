/**
 * What reading manifests costs beside parsing the same text with js-yaml's `loadAll`, which keeps no places and finds nothing: time on 10,000
 * objects in 1,000 files, in one file, and on 100,000; then peak memory beside that of holding the parsed objects. Run with
 * `node --import tsx bench/read.ts`.
 */
import { spawnSync } from 'node:child_process';
import { loadAll } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import { type ManifestFile, readManifests } from '../lib/manifests';

const RUNS = 5;

interface Input {
  readonly name: string;
  readonly files: number;
  readonly objects: number;
}

const INPUTS: readonly Input[] = [
  { name: '10,000 objects in 1,000 files', files: 1000, objects: 10_000 },
  { name: '10,000 objects in one file', files: 1, objects: 10_000 },
  { name: '100,000 objects in one file', files: 1, objects: 100_000 },
];

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
  labels:
    app.kubernetes.io/name: ${name}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function deployment(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      containers:
        - name: main
          image: registry.example.com/shop/${name}:1.2.3
          args: ["--verbose", "--port=8080"]
          ports:
            - name: http
              containerPort: 8080
          resources: {requests: {cpu: 100m, memory: 128Mi}}
`;
}

function texts({ files, objects }: Input): string[] {
  const perFile = objects / files;
  return Array.from({ length: files }, (_, file) =>
    Array.from({ length: perFile }, (__, index) => {
      const number = file * perFile + index;
      return number % 2 === 0 ? service(`web-${number}`) : deployment(`web-${number - 1}`);
    }).join('---\n'),
  );
}

function manifestFiles(input: Input): ManifestFile[] {
  return texts(input).map((text, index) => ({ path: `${index}.yaml`, bytes: Buffer.from(text) }));
}

function readAll(files: readonly ManifestFile[], objects: number): void {
  const read = readManifests(files);
  if (read.objects.length !== objects || read.findings.length > 0) throw new Error('not all objects were read');
}

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(32) : cell.padStart(13))).join('');
}

/** In turn, so that what else the machine does hits both. */
function times(input: Input): string {
  const files = manifestFiles(input);
  const sources = texts(input);
  const runs = Array.from({ length: RUNS }, () => ({
    parsed: milliseconds(() => sources.map((text) => loadAll(text))),
    read: milliseconds(() => {
      readAll(files, input.objects);
    }),
  }));
  const located = milliseconds(() => {
    for (const { locate } of readManifests(files).objects) locate(['metadata', 'name']);
  });
  const yaml =
    input.objects > 10_000
      ? NaN
      : milliseconds(() =>
          sources.map((text) => [...parseAllDocuments(text)].map((document): unknown => document.toJS())),
        );
  const parsed = median(runs.map((run) => run.parsed));
  const read = median(runs.map((run) => run.read));
  return row([
    input.name,
    `${parsed.toFixed(0)} ms`,
    `${read.toFixed(0)} ms`,
    median(runs.map((run) => run.read / run.parsed)).toFixed(2),
    `${located.toFixed(0)} ms`,
    Number.isNaN(yaml) ? '' : `${yaml.toFixed(0)} ms`,
  ]);
}

/** In a process of its own: megabytes held by what js-yaml makes, or the most that reading takes. */
function megabytes(what: 'held' | 'peak', index: number): number {
  const { stdout } = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', __filename, what, String(index)], {
    encoding: 'utf8',
  });
  return Number(stdout);
}

function measureMemory(what: string, input: Input): number {
  const sources = texts(input);
  const files = manifestFiles(input);
  globalThis.gc?.();
  if (what === 'held') {
    const before = process.memoryUsage().heapUsed;
    const held = sources.map((text) => loadAll(text));
    globalThis.gc?.();
    return held.length === 0 ? NaN : (process.memoryUsage().heapUsed - before) / 2 ** 20;
  }
  const before = process.memoryUsage().rss;
  readAll(files, input.objects);
  return process.resourceUsage().maxRSS / 2 ** 10 - before / 2 ** 20;
}

function main(): void {
  const [what, index] = process.argv.slice(2);
  if (process.argv.length > 2) {
    process.stdout.write(String(measureMemory(what, INPUTS[Number(index)])));
    return;
  }
  const lines = [row(['time', 'js-yaml', 'netloom', 'ratio', 'and places', 'yaml']), ...INPUTS.map(times), ''];
  lines.push(row(['memory', 'objects', 'peak', 'ratio']));
  for (const [position, { name }] of INPUTS.entries()) {
    const [held, peak] = [megabytes('held', position), megabytes('peak', position)];
    lines.push(row([name, `${held.toFixed(0)} MB`, `${peak.toFixed(0)} MB`, (peak / held).toFixed(2)]));
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

main();
