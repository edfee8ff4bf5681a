import { formatPatch, structuredPatch } from 'diff';

/** A change of a file as a unified diff that `git apply` and `patch -p1` take. */
export function unifiedDiff(path: string, before: string, after: string): string {
  return formatPatch(structuredPatch(`a/${path}`, `b/${path}`, before, after), {
    includeIndex: false,
    includeUnderline: false,
    includeFileHeaders: true,
  });
}
