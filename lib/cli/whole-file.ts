import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/** What is too large to be held comes in pieces. */
type Contents = string | Uint8Array | Iterable<string>;

/** Writes beside the file and renames, so that nobody ever reads half of it. What a link leads to is replaced, not the link. */
export function writeWholeFile(path: string, contents: Contents): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const stats = statSync(target, { throwIfNoEntry: false });
  // A terminal, a pipe or a folder has no half: it takes what is written, or refuses it.
  if (stats?.isFile() === false) {
    write(target, contents, 'w');
    return;
  }
  const temporary = `${target}.netloom-${process.pid}.tmp`;
  try {
    write(temporary, contents, 'wx');
    if (stats !== undefined) chmodSync(temporary, stats.mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function write(path: string, contents: Contents, flag: string): void {
  const descriptor = openSync(path, flag);
  try {
    const pieces = typeof contents === 'string' || contents instanceof Uint8Array ? [contents] : contents;
    for (const piece of pieces) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}
