import { integer, list, member, record, text, texts } from '../model/json';
import type { Refusal } from './ask';
import type { Gap, Snapshot } from './snapshot';

/** The file of a snapshot that says what it is of, what is missing in it, and which files belong to it. */
export const SNAPSHOT_RECORD = 'netloom-snapshot.json';

export interface SnapshotRecord extends Pick<Snapshot, 'kubernetesVersion' | 'gaps'> {
  /** `live:prod`. */
  readonly cluster: string;
  /** From the folder of the record, sorted. */
  readonly files: readonly string[];
}

export function formatSnapshotRecord(snapshot: SnapshotRecord): string {
  return `${JSON.stringify({ version: 1, ...snapshot }, null, 2)}\n`;
}

/** Undefined for what is no such record. */
export function readSnapshotRecord(json: string): SnapshotRecord | undefined {
  const value = parsed(json);
  const cluster = text(member(value, 'cluster'));
  if (integer(member(value, 'version')) !== 1 || cluster === undefined) return undefined;
  return {
    cluster,
    kubernetesVersion: text(member(value, 'kubernetesVersion')),
    gaps: list(member(value, 'gaps')).flatMap(readGap),
    files: texts(member(value, 'files')),
  };
}

function readGap(value: unknown): readonly Gap[] {
  const [resource, kind, because] = ['resource', 'kind', 'because'].map((key) => text(member(value, key)));
  if (record(value) === undefined || resource === undefined || kind === undefined) return [];
  const namespaces = member(value, 'namespaces');
  return [
    {
      resource,
      kind,
      because: because ?? '',
      refused: member(value, 'refused') === 'permission' ? 'permission' : ('failure' satisfies Refusal),
      namespaces: Array.isArray(namespaces) ? texts(namespaces) : undefined,
    },
  ];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
