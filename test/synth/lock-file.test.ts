import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_LOCK, type Lock } from '../../lib/plan';
import { LockFileError, readLockFile, saveLockFile } from '../../lib/synth/lock-file';

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  path = join(directory, 'netloom.lock.json');
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const lock = (entries: Record<string, string>): Lock => ({ allocations: new Map(Object.entries(entries)) });
/** Above the largest number of a process (Linux, 64 bits). */
const NO_PROCESS = 2 ** 22 + 1;
const PODS = { 'prod/pods/IPv4': '10.0.0.0/16' };

test('an absent lock is empty, and an empty lock makes no file', () => {
  const file = readLockFile(path);
  expect(file).toEqual({ path, text: undefined, lock: EMPTY_LOCK, findings: [] });
  saveLockFile(file, EMPTY_LOCK);
  expect(readdirSync(directory)).toEqual([]);
});

test('what is saved is read again, and nothing else is left behind', () => {
  saveLockFile(readLockFile(path), lock(PODS));
  const file = readLockFile(path);
  expect(file.lock).toEqual(lock(PODS));
  expect(file.findings).toEqual([]);
  expect(readdirSync(directory)).toEqual(['netloom.lock.json']);
});

test('saving the same again does not touch the file', () => {
  saveLockFile(readLockFile(path), lock(PODS));
  utimesSync(path, 1, 1);
  saveLockFile(readLockFile(path), lock(PODS));
  expect(readFileSync(path, 'utf8')).toContain('10.0.0.0/16');
  expect(statSync(path).mtimeMs).toBe(1000);
});

test('a lock that somebody else changed meanwhile is not overwritten', () => {
  const mine = readLockFile(path);
  const theirs = readLockFile(path);
  saveLockFile(theirs, lock({ 'dev/pods/IPv4': '10.1.0.0/16' }));
  expect(() => {
    saveLockFile(mine, lock(PODS));
  }).toThrow(LockFileError);
  expect(readLockFile(path).lock).toEqual(lock({ 'dev/pods/IPv4': '10.1.0.0/16' }));
  expect(readdirSync(directory)).toEqual(['netloom.lock.json']);
});

test('two runs that come to the same result both succeed', () => {
  const one = readLockFile(path);
  const two = readLockFile(path);
  saveLockFile(one, lock(PODS));
  saveLockFile(two, lock(PODS));
  expect(readLockFile(path).lock).toEqual(lock(PODS));
});

test('a temporary file that a killed run left long ago does not block', () => {
  writeFileSync(`${path}.tmp`, 'half');
  utimesSync(`${path}.tmp`, 1, 1);
  saveLockFile(readLockFile(path), lock(PODS));
  expect(readdirSync(directory)).toEqual(['netloom.lock.json']);
});

test('what a run that was killed just now left does not block', () => {
  writeFileSync(`${path}.tmp`, `${NO_PROCESS} ${hostname()}`);
  saveLockFile(readLockFile(path), lock(PODS));
  expect(readdirSync(directory)).toEqual(['netloom.lock.json']);
});

test('while another run writes, this one waits and then says so', () => {
  writeFileSync(`${path}.tmp`, `${process.pid} ${hostname()}`);
  expect(() => {
    saveLockFile(readLockFile(path), lock(PODS));
  }).toThrow(`another run is writing ${path}; if there is none, delete ${path}.tmp`);
  expect(existsSync(path)).toBe(false);
});

test('a directory that is not there is named', () => {
  const elsewhere = join(directory, 'absent', 'netloom.lock.json');
  expect(() => {
    saveLockFile(readLockFile(elsewhere), lock(PODS));
  }).toThrow(`cannot write ${elsewhere}: it does not exist`);
});

test('a lock that cannot be read is a finding', () => {
  mkdirSync(path);
  expect(readLockFile(path).findings).toMatchObject([
    { code: 'NL903', severity: 'error', message: `cannot read ${path}: it is a directory` },
  ]);
});

test('a corrupt lock is a finding and is not an empty one', () => {
  writeFileSync(path, '{"version": 1, "alloca');
  expect(readLockFile(path).findings).toMatchObject([{ code: 'NL903', severity: 'error' }]);
});
