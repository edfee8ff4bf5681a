/**
 * How the cost of each command grows with its input: processor time and peak memory at each size, and the growth for ten times the input without the
 * start of the command. What grows by more than {@link MOST_GROWTH} is marked. Run with `npm run bench:growth [-- --full] [-- --only WORD]` after `npm run build`;
 * `--full` runs 100,000 objects too.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Scenario, scenarios } from './scenarios';

/** n log n of ten times the input, and some room for caches. */
const MOST_GROWTH = 13;
/** Below this, the growth says nothing. */
const LEAST_SECONDS = 0.05;
const LONGEST = 300_000;

const COMMAND = join(__dirname, '..', '..', 'bin', 'netloom');

interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

function main(): void {
  const args = process.argv.slice(2);
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : '';
  const start = costOf(['--version'], tmpdir())?.seconds ?? 0;
  print(['', 'size', 'time', 'memory', 'growth']);
  for (const scenario of scenarios(args.includes('--full'))) {
    if (scenario.name.includes(only)) measure(scenario, start);
  }
}

function measure({ name, sizes, files, args }: Scenario, start: number): void {
  let before: { readonly seconds: number; readonly size: number } | undefined;
  for (const size of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-growth-'));
    try {
      writeFiles(folder, files(size));
      const cost = costOf(args, folder);
      if (cost === undefined) {
        print([name, size.toLocaleString('en'), 'too long', '', '← too much']);
        return;
      }
      const seconds = cost.seconds - start;
      const growth =
        before && (seconds / Math.max(before.seconds, LEAST_SECONDS)) ** (1 / Math.log10(size / before.size));
      print([
        name,
        size.toLocaleString('en'),
        `${cost.seconds.toFixed(2)} s`,
        `${cost.megabytes.toFixed(0)} MB`,
        growth === undefined ? '' : `${growth.toFixed(1)}${growth > MOST_GROWTH ? ' ← too much' : ''}`,
      ]);
      before = { seconds, size };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** Undefined where it did not end in time. */
function costOf(args: readonly string[], cwd: string): Cost | undefined {
  const note = join(mkdtempSync(join(tmpdir(), 'netloom-growth-')), 'cost.json');
  const script = `data:text/javascript,${encodeURIComponent(
    `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(${JSON.stringify(note)}, JSON.stringify(process.resourceUsage())));`,
  )}`;
  try {
    const { signal, status, stderr } = spawnSync(process.execPath, ['--import', script, COMMAND, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      timeout: LONGEST,
      env: { ...process.env, CI: '', NO_COLOR: '1' },
    });
    if (signal !== null) return undefined;
    if (status === null || status > 1) throw new Error(`netloom ${args.join(' ')}: ${stderr}`);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(note, 'utf8')) as NodeJS.ResourceUsage;
    return { seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 2 ** 10 };
  } finally {
    rmSync(dirname(note), { recursive: true });
  }
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function print(cells: readonly string[]): void {
  const row = cells.map((cell, index) => (index === 0 ? cell.padEnd(34) : cell.padStart(index === 4 ? 16 : 11)));
  process.stdout.write(`${row.join('').trimEnd()}\n`);
}

main();
