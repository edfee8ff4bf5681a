import { statSync } from 'node:fs';
import { type ManifestFile, STANDARD_INPUT } from '../manifests';
import { systemErrorText } from '../system/system-error';
import { UsageError } from './usage-error';
import { writeWholeFile } from '../system/write-file';

const WRITABLE = 0o222;

/** Nothing is written if one of them is read-only. */
export function writeFixedFiles(changed: Iterable<ManifestFile>): void {
  const files = [...changed].filter(({ path }) => path !== STANDARD_INPUT);
  for (const { path, location } of files) {
    if ((attempt(path, () => statSync(location ?? path)).mode & WRITABLE) === 0) {
      throw new UsageError(`--fix: cannot write ${path}: it is read-only; nothing was written`);
    }
  }
  for (const file of files)
    attempt(file.path, () => {
      writeWholeFile(file.location ?? file.path, file.bytes);
    });
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new UsageError(`--fix: cannot write ${path}: ${systemErrorText(error)}`);
  }
}
