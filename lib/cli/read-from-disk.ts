import { realpathSync } from 'node:fs';
import { home, isWithin, repositoryOf } from '../system/boundary';
import { readRegularFile } from '../system/read-file';

/**
 * Reads what files name, as kustomizations do: the bytes of a regular file; undefined for all else, and for what is neither in the repository
 * nor in that of one of the paths that were given.
 */
export function readFromDisk(given: readonly string[]): (path: string) => Uint8Array | undefined {
  const folders = [home(), ...given.flatMap((path) => realPathOf(path) ?? []).map(repositoryOf)];
  return (path) => {
    const real = realPathOf(path);
    if (real === undefined || !folders.some((folder) => isWithin(folder, real))) return undefined;
    try {
      return readRegularFile(path);
    } catch {
      return undefined;
    }
  };
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
