import { formatPatch, structuredPatch } from 'diff';

/** A change of a file as a unified diff that `git apply` and `patch -p1` take. */
export function unifiedDiff(path: string, before: string, after: string): string {
  const patch = formatPatch(structuredPatch(`a/${path}`, `b/${path}`, before, after), {
    includeIndex: false,
    includeUnderline: false,
    includeFileHeaders: true,
  });
  const [from, to, ...hunks] = patch.split('\n');
  return [withEndOfName(from), withEndOfName(to), ...hunks].join('\n');
}

/** A name that is not quoted ends for `patch` at its first space, unless a tab says where it ends. */
function withEndOfName(header: string): string {
  const name = header.slice('--- '.length);
  return name.includes(' ') && !name.startsWith('"') ? `${header}\t` : header;
}
