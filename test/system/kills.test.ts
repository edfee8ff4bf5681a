import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The program is killed at each change of the disk: what is left is the old state or the new one, and the next run comes to its end. */

let folder: string;
let program: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-kills-'));
  program = join(folder, 'netloom.js');
  buildSync({
    entryPoints: [join(__dirname, '../../lib/cli/main.ts')],
    bundle: true,
    platform: 'node',
    outfile: join(folder, 'main.js'),
    logLevel: 'silent',
  });
  writeFileSync(
    program,
    `require('./main.js').main(process.argv, { version: '1', root: '.' }).then((code) => { process.exitCode = code; });`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly status: number | null;
  readonly changes: number;
}

function run(cwd: string, args: readonly string[], killAt = -1): Ended {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', join(__dirname, 'kill-at-change.js'), program, ...args],
    {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, CI: '', KILL_AT: String(killAt), KILL_COUNT: '1' },
    },
  );
  return { status, changes: Number(/changes: (\d+)/.exec(stderr)?.[1] ?? NaN) };
}

const MANIFEST = (name: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, annotations: {a: 1}}\nspec: {ports: [{port: 80}]}\n`;
const FLEET = 'supernets: [10.0.0.0/8]\nclusters: {prod: {nodes: 4}}\n';

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly then?: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    name: 'a lock that is there',
    files: { 'fleet.yaml': FLEET },
    then: { 'fleet.yaml': FLEET.replace('{prod:', '{dev: {nodes: 4}, prod:') },
    args: ['plan', 'fleet.yaml', '--write-lock'],
  },
  { name: 'a first lock', files: { 'fleet.yaml': FLEET }, args: ['plan', 'fleet.yaml', '--write-lock'] },
  {
    name: 'fixed files',
    files: Object.fromEntries(Array.from('abcdefghijklmnopqrst').map((name) => [`k8s/${name}.yaml`, MANIFEST(name)])),
    args: ['check', 'k8s', '--fix', '--output-file', 'json=result.json', '--output-file', 'sarif=result.sarif'],
  },
  {
    name: 'a baseline',
    files: { 'k8s/a.yaml': MANIFEST('a'), 'baseline.json': '{"version": 1, "findings": []}\n' },
    args: ['check', 'k8s', '--write-baseline', 'baseline.json'],
  },
];

function write(cwd: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
}

function snapshot(cwd: string): Map<string, string> {
  const names = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(yaml|json|sarif)$/.test(name),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(cwd, name), 'utf8')]));
}

/** How often the disk is changed by one run, for the number of kills. */
let kills = 0;

test.each(CASES)(
  '$name',
  ({ files, args, then = {} }) => {
    const good = mkdtempSync(join(folder, 'case-'));
    write(good, files);
    if (Object.keys(then).length > 0) run(good, args);
    write(good, then);
    const before = snapshot(good);
    const { changes, status } = run(good, args);
    expect(changes).toBeGreaterThan(4);
    const after = snapshot(good);
    expect([...after]).not.toEqual([...before]);
    for (let at = 0; at < changes; at++) {
      const cwd = mkdtempSync(join(folder, 'case-'));
      write(cwd, Object.fromEntries(before));
      expect(run(cwd, args, at).status).toBeNull();
      kills++;
      for (const [name, text] of snapshot(cwd)) {
        expect({ at, name, whole: text === before.get(name) || text === after.get(name) }).toEqual({
          at,
          name,
          whole: true,
        });
      }
      // What was left behind is in nobody's way.
      if (at % 5 === 0) {
        expect({ at, status: run(cwd, args).status }).toEqual({ at, status });
        expect({ at, now: [...snapshot(cwd)] }).toEqual({ at, now: [...after] });
      }
      rmSync(cwd, { recursive: true, force: true });
    }
  },
  600_000,
);

test('that were many kills', () => {
  expect(kills).toBeGreaterThanOrEqual(MOST_KILLS_ARE_AT_LEAST);
});

const MOST_KILLS_ARE_AT_LEAST = 200;

/** A file system of 80 KB, if we may make one. */
function mountSmall(at: string): boolean {
  mkdirSync(at);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80k', 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('a disk that is full: the old lock stays, and the exit code tells', () => {
  const at = join(folder, 'small');
  if (!mountSmall(at)) {
    process.stderr.write('not tested: a full disk, since no file system can be mounted here\n');
    return;
  }
  try {
    const clusters = (count: number): string =>
      `supernets: [10.0.0.0/8]\nclusters:\n${Array.from({ length: count }, (_, index) => `  c${index}: {nodes: 1, services: 1, loadBalancers: 1}\n`).join('')}`;
    writeFileSync(join(folder, 'few.yaml'), clusters(400));
    writeFileSync(join(folder, 'many.yaml'), clusters(440));
    const args = (spec: string): string[] => [
      'plan',
      join(folder, spec),
      '--write-lock',
      '--lock',
      'netloom.lock.json',
    ];
    expect(run(at, args('few.yaml')).status).toBe(0);
    const before = readFileSync(join(at, 'netloom.lock.json'), 'utf8');
    expect(before.length).toBeGreaterThan(40_000);
    expect(run(at, args('many.yaml')).status).toBe(1);
    expect(readFileSync(join(at, 'netloom.lock.json'), 'utf8')).toBe(before);
    expect(run(at, ['plan', join(folder, 'few.yaml'), '--output-file', 'json=plan.json']).status).toBe(2);
    expect(readdirSync(at).sort()).toEqual(['netloom.lock.json']);
  } finally {
    execFileSync('umount', [at]);
  }
});
