import { readFacts } from '../config/cluster-key';
import type { ClusterTexts } from '../config/cluster-options';
import type { ConfigContext } from '../config/config-key';
import { list, member, record, text } from '../model/json';

/**
 * What a synth says beside its manifests: which of them are of which cluster. Neither kubectl nor Argo CD nor Flux reads a file of this name
 * as a manifest.
 */
export const CLUSTER_RECORD_NAME = 'netloom.clusters';

export interface RecordedCluster {
  /** From the folder of the record, with `/` between their parts. */
  readonly files: readonly string[];
  readonly facts: ClusterTexts;
}

export function formatClusterRecord(clusters: ReadonlyMap<string, RecordedCluster>): string {
  const written = [...clusters].map(([name, { files, facts }]) => [name, { files, ...facts }]);
  return `${JSON.stringify({ version: 1, clusters: Object.fromEntries(written) as unknown }, null, 2)}\n`;
}

/** Undefined for what is no record that this version understands. */
export function readClusterRecord(written: string): ReadonlyMap<string, RecordedCluster> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return undefined;
  }
  const clusters = record(member(value, 'clusters'));
  if (member(value, 'version') !== 1 || clusters === undefined) return undefined;
  return new Map(
    Object.entries(clusters).map(([name, cluster]): [string, RecordedCluster] => [
      name,
      {
        files: list(member(cluster, 'files')).flatMap((file) => text(file) ?? []),
        facts: readFacts(Object.entries(record(cluster) ?? {}), [name], UNREPORTED),
      },
    ]),
  );
}

/** What somebody has changed by hand into what is none is not known. */
const UNREPORTED: ConfigContext = {
  ruleNames: new Map(),
  locate: () => ({ file: null, line: null, column: null, construct: null }),
  report: () => undefined,
};
