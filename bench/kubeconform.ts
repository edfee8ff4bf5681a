/**
 * `netloom check` beside kubeconform on the same files. kubeconform gets no schema at all, so that it only reads and parses: how fast a
 * checker could be that knows nothing. Processor time, elapsed time and peak memory by GNU time, in turn, the median of three.
 *
 * Needs `npm run build`, GNU time, and the path of kubeconform: `npm run bench:kubeconform -- PATH`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clusterTexts } from './check-corpus';

const SIZES = [1000, 10_000, 100_000];
const OBJECTS_OF_FILE = 100;
const RUNS = 3;

interface Cost {
  readonly elapsed: number;
  readonly processor: number;
  readonly megabytes: number;
}

function costOf(folder: string, command: readonly string[]): Cost {
  const { stderr, error } = spawnSync('time', ['-q', '-f', '%e %U %S %M', ...command], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error !== undefined) throw error;
  const [elapsed, user, system, kilobytes] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { elapsed, processor: user + system, megabytes: kilobytes / 1024 };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function row(cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(13)).join(''));
}

function main(kubeconform: string): void {
  row(['objects', '', 'elapsed', 'processor', 'memory']);
  for (const size of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
    try {
      mkdirSync(join(folder, 'new'));
      for (const [index, text] of clusterTexts(size, size / OBJECTS_OF_FILE, 'correct').entries())
        writeFileSync(join(folder, 'new', `${index}.yaml`), text);
      const peer = [kubeconform, '-ignore-missing-schemas', '-schema-location', 'none/{{.ResourceKind}}.json', 'new'];
      const pairs = Array.from({ length: RUNS }, () => ({
        peer: costOf(folder, peer),
        ours: costOf(folder, [process.execPath, resolve('bin/netloom'), 'check', 'new']),
      }));
      const shown = (name: string, costs: readonly Cost[]): void => {
        row([
          String(size),
          name,
          `${median(costs.map(({ elapsed }) => elapsed)).toFixed(2)} s`,
          `${median(costs.map(({ processor }) => processor)).toFixed(2)} s`,
          `${median(costs.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
        ]);
      };
      shown(
        'kubeconform',
        pairs.map(({ peer: one }) => one),
      );
      shown(
        'netloom',
        pairs.map(({ ours }) => ours),
      );
      const ratio = (of: (cost: Cost) => number): string =>
        median(pairs.map(({ peer: one, ours }) => of(ours) / of(one))).toFixed(2);
      row([String(size), 'ratio', ratio(({ elapsed }) => elapsed), ratio(({ processor }) => processor)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

const path = process.argv.at(2);
if (path === undefined) throw new Error('the path of kubeconform is missing');
main(resolve(path));
