import { type Finding, finding } from '../finding/finding';
import { EMPTY_LOCK, formatLock, type Lock, LOCK_UNREADABLE, parseLock } from '../plan';
import { readTextFile } from '../system/read-file';
import { systemErrorCode, systemErrorText } from '../system/system-error';
import { writeWholeFile } from '../system/write-file';
import { withWriteLock } from '../system/write-lock';

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
 * Saves the lock unless the file says the same already; refused if somebody else changed the file since it was read.
 * @throws LockFileError
 */
export function saveLockFile({ path, text: before }: LockFile, lock: Lock): void {
  const text = formatLock(lock);
  if (text === before || (before === undefined && lock.allocations.size === 0)) return;
  try {
    withWriteLock(path, () => {
      const current = readIfPresent(path);
      if (current !== before && current !== text) {
        throw new LockFileError(`${path} was changed by somebody else during this run: run it again`);
      }
      writeWholeFile(path, text);
    });
  } catch (error) {
    throw error instanceof LockFileError ? error : new LockFileError(`cannot write ${path}: ${systemErrorText(error)}`);
  }
}

function readIfPresent(path: string): string | undefined {
  try {
    return readTextFile(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw new LockFileError(`cannot read ${path}: ${systemErrorText(error)}`);
  }
}
