import { compareText } from '../finding/finding';
import { formatClusterRecord, type RecordedCluster } from './cluster-record';

/** The records of the shards of an app as that of the whole; `twice` is a cluster that two of them say different things of. */
export function mergeClusterRecords(records: readonly ReadonlyMap<string, RecordedCluster>[]): {
  readonly text: string;
  readonly twice: string | undefined;
} {
  const merged = new Map<string, RecordedCluster>();
  let twice: string | undefined;
  for (const [name, cluster] of records.flatMap((record) => [...record])) {
    const other = merged.get(name);
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(cluster)) twice ??= name;
    merged.set(name, cluster);
  }
  return { text: formatClusterRecord(new Map([...merged].sort(([a], [b]) => compareText(a, b)))), twice };
}
