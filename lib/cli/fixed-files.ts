import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type ManifestFile, STANDARD_INPUT } from '../manifests';
import { systemErrorText } from '../synth/system-error';
import { UsageError } from './usage-error';

const WRITABLE = 0o222;

/** Each file is written beside its old self and renamed, so that nobody ever reads half of it. Nothing is written if one of them is read-only. */
export function writeFixedFiles(changed: Iterable<ManifestFile>): void {
  const files = [...changed].filter(({ path }) => path !== STANDARD_INPUT);
  for (const { path } of files) {
    if ((attempt(path, () => statSync(path)).mode & WRITABLE) === 0) {
      throw new UsageError(`--fix: cannot write ${path}: it is read-only; nothing was written`);
    }
  }
  for (const file of files)
    attempt(file.path, () => {
      replace(file);
    });
}

/** What a link leads to is replaced, not the link. */
function replace({ path, bytes }: ManifestFile): void {
  const target = realpathSync(path);
  const temporary = `${target}.netloom-${process.pid}.tmp`;
  try {
    writeFileSync(temporary, bytes, { flag: 'wx' });
    chmodSync(temporary, statSync(target).mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new UsageError(`--fix: cannot write ${path}: ${systemErrorText(error)}`);
  }
}
