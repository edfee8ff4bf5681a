import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { type Finding, finding } from '../finding/finding';
import { EMPTY_LOCK, formatLock, type Lock, LOCK_UNREADABLE, parseLock } from '../plan';
import { systemErrorCode, systemErrorText } from '../system/system-error';

export const LOCK_FILE_NAME = 'netloom.lock.json';

/** The lock as it stood in its file when a run began. */
export interface LockFile {
  readonly path: string;
  /** Undefined if there was no file. */
  readonly text: string | undefined;
  readonly lock: Lock;
  /** Why the file cannot be used. It is then left alone. */
  readonly findings: readonly Finding[];
}

/** The lock could not be saved; the file is as it was. */
export class LockFileError extends Error {}

/** Never throws: a file that cannot be read or understood is a finding. */
export function readLockFile(path: string): LockFile {
  let text: string | undefined;
  try {
    text = readIfPresent(path);
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    const unreadable = finding(LOCK_UNREADABLE, {
      message: error.message,
      origin: { file: path, line: null, column: null, construct: null },
      help: 'make the lock a file that can be read: without it every allocation could move',
    });
    return { path, text, lock: EMPTY_LOCK, findings: [unreadable] };
  }
  if (text === undefined) return { path, text, lock: EMPTY_LOCK, findings: [] };
  return { path, text, ...parseLock(text, path) };
}

/**
 * Saves the lock unless the file says the same already. Written beside the file and renamed, so that a reader never
 * sees half of it; refused if somebody else changed the file since it was read.
 * @throws LockFileError
 */
export function saveLockFile({ path, text: before }: LockFile, lock: Lock): void {
  const text = formatLock(lock);
  if (text === before || (before === undefined && lock.allocations.size === 0)) return;
  const temporary = `${path}.tmp`;
  const descriptor = openExclusively(temporary, path);
  try {
    const current = readIfPresent(path);
    if (current !== before && current !== text) {
      throw new LockFileError(`${path} was changed by somebody else during this run: run it again`);
    }
    writeSync(descriptor, text);
    fsyncSync(descriptor);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error instanceof LockFileError ? error : new LockFileError(`cannot write ${path}: ${systemErrorText(error)}`);
  } finally {
    closeSync(descriptor);
  }
}

const WAIT_STEP_MS = 20;
const WAIT_STEPS = 100;
/** No run holds the temporary file for longer than it takes to write a file. */
const STALE_AFTER_MS = 30_000;

/** The temporary file is also the mutex: whoever creates it may write. */
function openExclusively(temporary: string, path: string): number {
  for (let step = 0; ; step++) {
    try {
      return openSync(temporary, 'wx', 0o644);
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST')
        throw new LockFileError(`cannot write ${path}: ${systemErrorText(error)}`);
    }
    if (isStale(temporary)) rmSync(temporary, { force: true });
    else if (step >= WAIT_STEPS) {
      throw new LockFileError(`another run is writing ${path}; if there is none, delete ${temporary}`);
    } else sleep(WAIT_STEP_MS);
  }
}

function isStale(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs > STALE_AFTER_MS;
  } catch {
    return false;
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw new LockFileError(`cannot read ${path}: ${systemErrorText(error)}`);
  }
}
