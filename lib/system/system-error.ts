const REASONS = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space left'],
  ['EISDIR', 'it is a directory'],
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'a part of its path is not a directory'],
  ['ELOOP', 'its links lead in circles'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

/** The code of an error of the operating system, such as `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** The same in words. */
export function systemErrorText(error: unknown): string {
  return REASONS.get(systemErrorCode(error) ?? '') ?? String(error);
}
