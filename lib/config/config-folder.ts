import { posix } from 'node:path';

/** A path from the working directory as a path from a folder, both with `/` between their parts. */
export function pathIn(folder: string, path: string): string {
  return folder === '.' ? path : posix.relative(folder, path);
}
