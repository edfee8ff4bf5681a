import type { CollectedFiles, SkippedInput } from '../manifests';
import { counted } from '../output/check-result';
import type { Origin } from '../finding/finding';

interface Located {
  readonly locate: (path: readonly []) => Origin | null;
}

/** What a command has read. */
export interface ReadInput {
  readonly files: CollectedFiles['files'];
  readonly clusters: readonly { readonly name: string | null; readonly objects: readonly Located[] }[];
  readonly skipped: readonly SkippedInput[];
  readonly milliseconds: number;
}

/** For `--verbose`: each file, as what it was read, and how long all of it took. */
export function readNotes({ files, clusters, skipped, milliseconds }: ReadInput): readonly string[] {
  const roles = new Map<string, string[]>();
  const add = (file: string, role: string): void => {
    roles.set(file, [...(roles.get(file) ?? []), role]);
  };
  for (const { name, objects } of clusters) {
    for (const [file, count] of objectsByFile(objects)) {
      add(file, `${counted(count, 'object')}${name === null ? '' : ` of the cluster ${name}`}`);
    }
  }
  for (const { path, because } of skipped) add(path, `passed over: ${because}`);
  for (const { path } of files) if (!roles.has(path)) add(path, 'no object');
  return [
    ...[...roles].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, what]) => `${file}: ${what.join(', ')}`),
    `${counted(files.length, 'file')} read in ${Math.round(milliseconds)} ms`,
  ];
}

function objectsByFile(objects: readonly Located[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const object of objects) {
    const file = object.locate([])?.file ?? null;
    if (file !== null) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return counts;
}
