import { readFileSync, statSync } from 'node:fs';

/** The bytes of a regular file; undefined for all else. */
export function readFromDisk(path: string): Uint8Array | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}
