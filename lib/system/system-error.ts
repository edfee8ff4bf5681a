const REASONS = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space left'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EFBIG', 'it would be larger than the system allows'],
  ['EIO', 'the disk reports an error'],
  ['EISDIR', 'it is a directory'],
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'a part of its path is not a directory'],
  ['ELOOP', 'its links lead in circles'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['ENXIO', 'nobody reads from it'],
  ['ERR_INVALID_ARG_VALUE', 'no file can have that name'],
]);

/** Why a file is not read or written, in words: `it is a named pipe`. */
export class FileRefused extends Error {}

/** The code of an error of the operating system, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** The same in words. */
export function systemErrorText(error: unknown): string {
  if (error instanceof FileRefused) return error.message;
  return REASONS.get(systemErrorCode(error) ?? '') ?? String(error);
}
