import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import {
  boundaryOfPath,
  childOf,
  type FilePath,
  isTaken,
  isWithin,
  kindOfSpecial,
  parentOf,
  realPathWithin,
} from './boundary';
import { FileRefused, systemErrorCode } from './system-error';

/** What is too large to be held comes in pieces. */
export type Contents = string | Uint8Array | Iterable<string>;

export interface WriteOptions {
  /** Whether a pipe or a device takes the contents too, as `/dev/stdout`. @default false */
  readonly orStream?: boolean;
  /** Whether the new contents are sure to be there after a loss of power. What is made anew at will need not be. @default true */
  readonly durable?: boolean;
}

/**
 * Writes a file as a whole: whoever reads it sees the old contents or the new ones, after whatever has failed. The contents are
 * written beside the file, made durable, and put in its place. What a link leads to is replaced, not the link; mode and owner stay.
 * A file with several names, or whose owner cannot be kept, is overwritten where it is, once its contents are safe beside it.
 * @throws Error of the system, or FileRefused; then the file is as it was
 */
export function writeWholeFile(path: FilePath, contents: Contents, options: WriteOptions = {}): void {
  const { orStream = false, durable = true } = options;
  const target = targetOf(path);
  const stats = statSync(target, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) {
    if (!orStream || stats.isDirectory()) throw new FileRefused(`it is ${kindOfSpecial(stats) ?? 'no file'}`);
    writeToStream(target, contents, stats);
    return;
  }
  const folder = parentOf(target);
  // Another name each time: what a run that was killed has left behind is in nobody's way.
  const temporary = childOf(folder, `.netloom-${randomBytes(6).toString('hex')}.tmp`);
  const descriptor = openSync(temporary, 'wx', stats === undefined ? 0o666 : 0o600);
  try {
    let keepsOwner = true;
    try {
      writeAll(descriptor, contents);
      if (stats !== undefined) keepsOwner = takeOver(descriptor, stats);
      if (durable) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (stats === undefined || (stats.nlink === 1 && keepsOwner)) {
      renameSync(temporary, target);
      if (durable) syncFolder(folder);
    } else overwrite(target, readFileSync(temporary));
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Whether a path is that of contents on their way to their place. */
export function isTemporary(path: string): boolean {
  return /(?:^|[\\/])\.netloom-[0-9a-f]{12}\.tmp$/.test(path);
}

const MOST_LINKS = 40;

/** Where the contents belong; a link may lead to what is not there yet. */
function targetOf(path: FilePath): FilePath {
  const stats = statSync(path, { throwIfNoEntry: false });
  // What the system's own links lead to, such as /dev/stdout, may have no path.
  if (stats !== undefined) return stats.isFile() ? realPathWithin(path) : path;
  let target = path;
  for (let links = 0; links < MOST_LINKS && isTaken(target); links++) {
    target = resolve(parentOf(target).toString(), readlinkSync(target));
  }
  const folder = realPathWithin(parentOf(target));
  const boundary = boundaryOfPath(path);
  if (boundary !== undefined && !isWithin(boundary, folder.toString())) {
    throw new FileRefused('it is a link which leads out of the repository');
  }
  return target;
}

/** Mode and owner of the file that is replaced; false if the owner cannot be set. */
function takeOver(descriptor: number, { mode, uid, gid }: Stats): boolean {
  let keeps = true;
  try {
    fchownSync(descriptor, uid, gid);
  } catch (error) {
    if (systemErrorCode(error) !== 'EPERM') throw error;
    keeps = false;
  }
  fchmodSync(descriptor, mode & PERMISSIONS);
  return keeps;
}

const PERMISSIONS = 0o7777;

/** Puts other contents into a file that must stay the same file, and the old ones back if that fails. */
function overwrite(target: FilePath, contents: Uint8Array): void {
  const descriptor = openSync(target, 'r+');
  try {
    const before = readFileSync(descriptor);
    try {
      put(descriptor, contents);
    } catch (error) {
      put(descriptor, before);
      throw error;
    }
  } finally {
    closeSync(descriptor);
  }
}

function put(descriptor: number, contents: Uint8Array): void {
  writeBytes(descriptor, contents, 0);
  ftruncateSync(descriptor, contents.byteLength);
  fsyncSync(descriptor);
}

function writeToStream(path: FilePath, contents: Contents, stats: Stats): void {
  // A pipe that nobody reads from is an error, and not waited for.
  const probe = stats.isFIFO() ? openSync(path, constants.O_WRONLY | constants.O_NONBLOCK) : undefined;
  const descriptor = openSync(path, 'w');
  if (probe !== undefined) closeSync(probe);
  try {
    writeAll(descriptor, contents);
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, contents: Contents): void {
  if (contents instanceof Uint8Array) {
    writeBytes(descriptor, contents, null);
    return;
  }
  for (const piece of typeof contents === 'string' ? [contents] : contents) {
    writeBytes(descriptor, Buffer.from(piece), null);
  }
}

/** The system may take a part only, as it does shortly before the disk is full. */
function writeBytes(descriptor: number, bytes: Uint8Array, position: number | null): void {
  for (let done = 0; done < bytes.byteLength;) {
    const taken = writeSync(
      descriptor,
      bytes,
      done,
      bytes.byteLength - done,
      position === null ? null : position + done,
    );
    if (taken === 0) throw new FileRefused('the system takes no more of it');
    done += taken;
  }
}

/** Not every file system knows how. */
const NO_SYNC_OF_FOLDERS: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EACCES']);

/** Without this the old name may be back after a loss of power. */
function syncFolder(folder: FilePath): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch (error) {
    if (!NO_SYNC_OF_FOLDERS.has(systemErrorCode(error))) throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
