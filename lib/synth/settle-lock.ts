import { resolve } from 'node:path';
import type { IConstruct } from 'constructs';
import { compareText, type Finding, finding } from '../finding/finding';
import { LOCK_FROZEN, type LockChange, type Lock } from '../plan';
import { type LockFile, LockFileError, saveLockFile } from './lock-file';
import { LOCK_FILE_CONTEXT } from './output-folder';
import { LOCK_NOT_SAVED, LOCK_SHARED } from './rules';

/** Saves what is allocated, or says why it is not saved. A lock is frozen in CI, and belongs to one app. */
export function settleLock(
  file: LockFile,
  lock: Lock,
  changes: readonly LockChange[],
  root: IConstruct,
  clusters: readonly string[],
): readonly Finding[] {
  if (isFrozen()) {
    if (changes.length === 0) return [];
    return [
      finding(LOCK_FROZEN, {
        message: `${file.path} is frozen because CI=true, and this app would change it: ${changes.map(changeText).join('; ')}`,
        help: 'synthesize outside of CI and commit the lock',
      }),
    ];
  }
  const other = sharingApp(file.path, root, clusters);
  if (other !== undefined) {
    return [
      finding(LOCK_SHARED, {
        message: `another app of this process, with the clusters ${other.join(', ')}, keeps its allocations in ${file.path} too`,
        help: `give each app a lock of its own: app.node.setContext('${LOCK_FILE_CONTEXT}', 'netloom.….lock.json')`,
      }),
    ];
  }
  try {
    saveLockFile(file, lock);
    return [];
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    return [finding(LOCK_NOT_SAVED, { message: error.message, help: 'the lock was left as it was' })];
  }
}

function changeText({ key, before, after }: LockChange): string {
  if (before === null) return `+ ${key} ${String(after)}`;
  return after === null ? `- ${key} ${before}` : `~ ${key} ${before} → ${after}`;
}

function isFrozen(): boolean {
  return process.env.CI === 'true' || process.env.CI === '1';
}

/** Which app of this process saved which lock. Apps that have a cluster in common are versions of one app. */
const savedBy = new Map<string, { readonly root: IConstruct; readonly clusters: readonly string[] }>();

function sharingApp(path: string, root: IConstruct, clusters: readonly string[]): readonly string[] | undefined {
  const names = [...clusters].sort(compareText);
  const file = resolve(path);
  const earlier = savedBy.get(file);
  if (earlier !== undefined && earlier.root !== root && !earlier.clusters.some((name) => names.includes(name))) {
    return earlier.clusters;
  }
  savedBy.set(file, { root, clusters: names });
  return undefined;
}
