import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { FileRefused } from './system-error';

/** A path of a file. Names that are no UTF-8 are bytes. */
export type FilePath = string | Buffer;

const SLASH = '/'.charCodeAt(0);

export function childOf(folder: FilePath, name: FilePath): FilePath {
  if (typeof folder === 'string' && typeof name === 'string') return join(folder, name);
  return asText(Buffer.concat([Buffer.from(folder), Buffer.from(sep), Buffer.from(name)]));
}

export function parentOf(path: FilePath): FilePath {
  return typeof path === 'string' ? dirname(path) : asText(path.subarray(0, path.lastIndexOf(SLASH)));
}

/** Text where it is UTF-8. */
export function asText(path: Buffer): FilePath {
  return isUtf8(path) ? path.toString() : path;
}

/** The repository that the working directory is in, else the working directory. */
export function home(): string {
  return repositoryOf(realpathSync(process.cwd()));
}

/** The repository that a folder is in, else the folder. */
export function repositoryOf(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return start;
  }
}

/** Whether a path is that of the folder or below it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

/**
 * Where the files of a path have to be: the repository that the working directory is in, where the path is in it, else the repository
 * that the path itself is in. Undefined for a path in none: what its links lead to is the user's own.
 */
export function boundaryOfPath(path: FilePath): string | undefined {
  const absolute = resolve(path.toString());
  const own = home();
  if (isWithin(own, absolute)) return own;
  const folder = repositoryOf(dirname(absolute));
  return existsSync(join(folder, '.git')) ? realpathSync(folder) : undefined;
}

/**
 * Where a path leads. What stands in a repository may have been written by a stranger: a link in it does not lead out of it, to the
 * environment of a CI job or the files of its user.
 * @throws FileRefused if it does
 */
export function realPathWithin(path: FilePath): FilePath {
  const real = realpathSync.native(path, 'buffer');
  const boundary = boundaryOfPath(path);
  if (boundary !== undefined && !isWithin(boundary, real.toString())) {
    throw new FileRefused('it is a link, or in a folder that is one, which leads out of the repository');
  }
  return asText(real);
}

/** What stands at a path that is no file; undefined for a file and a link. */
export function kindOfSpecial(stats: Stats): string | undefined {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return 'a device';
  return undefined;
}

/** Whether anything stands at a path, be it a link that leads nowhere. */
export function isTaken(path: FilePath): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
