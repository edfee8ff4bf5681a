import type { Finding } from '../finding/finding';
import type { ModelDiff } from '../diff';

/** What every format of a diff is printed from. */
export interface DiffResult extends ModelDiff {
  /** Sorted; those of the input too. */
  readonly findings: readonly Finding[];
  /** How many findings somebody has suppressed. */
  readonly suppressed: number;
  /** The text of a file that was read, for code frames; undefined for what is not at hand. */
  readonly textOf: (file: string) => string | undefined;
}

export interface DiffCounts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly moved: number;
  readonly exposed: number;
  readonly withdrawn: number;
}

export function countChanges({ objects, addresses, exposure }: ModelDiff): DiffCounts {
  const count = <T extends { readonly change: string }>(rows: readonly T[], ...changes: T['change'][]): number =>
    rows.filter(({ change }) => changes.includes(change)).length;
  return {
    added: count(objects, 'added'),
    removed: count(objects, 'removed'),
    changed: count(objects, 'changed'),
    moved: count(addresses, 'moved'),
    exposed: count(exposure, 'exposed', 'widened', 'altered'),
    withdrawn: count(exposure, 'withdrawn', 'narrowed'),
  };
}

/** `2 objects added, 1 removed, 3 changed; 1 address moves; 2 entrances opened or widened, 1 closed or narrowed` */
export function countsOfChanges({ added, removed, changed, moved, exposed, withdrawn }: DiffCounts): string {
  if (added + removed + changed === 0) return 'no change';
  return [
    `${added} ${added === 1 ? 'object' : 'objects'} added, ${removed} removed, ${changed} changed`,
    ...(moved > 0 ? [`${moved} ${moved === 1 ? 'address moves' : 'addresses move'}`] : []),
    ...(exposed + withdrawn > 0 ? [`exposure: ${exposed} opened or widened, ${withdrawn} closed or narrowed`] : []),
  ].join('; ');
}

/** A value of a field as one line: text as it is, all else as JSON. */
export function valueText(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}
