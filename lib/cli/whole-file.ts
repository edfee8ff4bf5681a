import { chmodSync, existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** Writes beside the file and renames, so that nobody ever reads half of it. What a link leads to is replaced, not the link. */
export function writeWholeFile(path: string, contents: string | Uint8Array): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const stats = statSync(target, { throwIfNoEntry: false });
  // A terminal, a pipe or a folder has no half: it takes what is written, or refuses it.
  if (stats?.isFile() === false) {
    writeFileSync(target, contents);
    return;
  }
  const temporary = `${target}.netloom-${process.pid}.tmp`;
  try {
    writeFileSync(temporary, contents, { flag: 'wx' });
    if (stats !== undefined) chmodSync(temporary, stats.mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
