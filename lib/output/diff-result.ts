import { type Finding, objectText } from '../finding/finding';
import type { ConnectionChange, ModelDiff } from '../diff';

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
  /** Pairs of workloads that are in both states. */
  readonly connectionsAdded: number;
  readonly connectionsRemoved: number;
  readonly connectionsChanged: number;
}

export function countChanges({ objects, addresses, exposure, connections }: ModelDiff): DiffCounts {
  const count = <T extends { readonly change: string }>(rows: readonly T[], ...changes: T['change'][]): number =>
    rows.filter(({ change }) => changes.includes(change)).length;
  return {
    added: count(objects, 'added'),
    removed: count(objects, 'removed'),
    changed: count(objects, 'changed'),
    moved: count(addresses, 'moved'),
    exposed: count(exposure, 'exposed', 'widened', 'altered'),
    withdrawn: count(exposure, 'withdrawn', 'narrowed'),
    connectionsAdded: countPairs(connections, 'added'),
    connectionsRemoved: countPairs(connections, 'removed'),
    connectionsChanged: countPairs(connections, 'changed'),
  };
}

function countPairs(connections: readonly ConnectionChange[], change: ConnectionChange['change']): number {
  return connections
    .filter((row) => row.change === change && row.because === 'policies')
    .reduce((sum, { sources, destinations }) => {
      const others = new Set(destinations);
      return sum + sources.length * destinations.length - sources.filter((source) => others.has(source)).length;
    }, 0);
}

/** `2 objects added, 1 removed, 3 changed; 1 address moves; 2 entrances opened or widened, 1 closed or narrowed` */
export function countsOfChanges(counts: DiffCounts): string {
  const { added, removed, changed, moved, exposed, withdrawn } = counts;
  const { connectionsAdded, connectionsRemoved, connectionsChanged } = counts;
  if (added + removed + changed === 0) return 'no change';
  return [
    `${added} ${added === 1 ? 'object' : 'objects'} added, ${removed} removed, ${changed} changed`,
    ...(moved > 0 ? [`${moved} ${moved === 1 ? 'address moves' : 'addresses move'}`] : []),
    ...(exposed + withdrawn > 0 ? [`exposure: ${exposed} opened or widened, ${withdrawn} closed or narrowed`] : []),
    ...(connectionsAdded + connectionsRemoved + connectionsChanged > 0
      ? [`connections: ${connectionsAdded} added, ${connectionsRemoved} removed, ${connectionsChanged} changed`]
      : []),
  ].join('; ');
}

const SHOWN_NAMES = 5;

/** `a, b and 7 more` */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).join(', ');
  return names.length > SHOWN_NAMES ? `${shown} and ${names.length - SHOWN_NAMES} more` : shown;
}

/** What became of the policies that did it: `NetworkPolicy shop/web (changed)`. */
export function causesText({ because, policies }: ConnectionChange): string {
  if (because === 'workload') return 'a workload is added or removed';
  return namesText(
    policies.map(({ object, change }) => `${objectText(object)}${change === null ? '' : ` (${change})`}`),
  );
}

/** A value of a field as one line: text as it is, all else as JSON. */
export function valueText(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}
