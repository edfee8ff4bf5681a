import { existsSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { ClusterConfig } from '../config/clusters-key';
import type { Config } from '../config/config';
import { pathIn } from '../config/config-folder';
import { compareText } from '../finding/finding';
import { groupBy, memoized } from '../model/lookup';
import { readTextFile } from '../system/read-file';
import { CLUSTER_RECORD_NAME, readClusterRecord, type RecordedCluster } from './cluster-record';

/** A record is not what a synth has written. */
export class ClusterRecordError extends Error {}

/** Whether `netloom.yaml` itself says which files are of which cluster. */
export function namesPaths({ clusters }: Config): boolean {
  return clusters.some(({ paths }) => paths.length > 0);
}

/** The configuration with clusters whose paths are those of the working directory; what it says of one of them is known too. */
export function withClusters(config: Config, clusters: readonly ClusterConfig[]): Config {
  const known = new Map(config.clusters.map((cluster) => [cluster.name, cluster]));
  for (const { name, paths, facts } of clusters) {
    const own = known.get(name);
    const inside = paths.map((path) => pathIn(config, path));
    known.set(name, { ...own, name, paths: inside, facts: { ...config.cluster, ...own?.facts, ...facts } });
  }
  return { ...config, clusters: [...known.values()].sort((a, b) => compareText(a.name, b.name)) };
}

interface FoundRecord {
  readonly folder: string;
  readonly clusters: ReadonlyMap<string, RecordedCluster>;
}

/**
 * The clusters of manifests, as the synths that wrote them have recorded it beside them. Of two apps that have a cluster of one name each is
 * called after its folder.
 * @throws ClusterRecordError
 */
export function recordedClusters(manifests: readonly string[]): readonly ClusterConfig[] {
  const records = recordsOf(manifests);
  const given = new Set(manifests);
  const holders = groupBy(
    records.flatMap(({ clusters }) => [...clusters.keys()]),
    (name) => name,
  );
  return records.flatMap(({ folder, clusters }) =>
    [...clusters].flatMap(([name, recorded]): ClusterConfig[] => {
      const paths = recorded.files.map((file) => posix.join(folder, file)).filter((path) => given.has(path));
      const isTwice = (holders.get(name)?.length ?? 0) > 1;
      return paths.length === 0 ? [] : [{ name: isTwice ? `${folder}/${name}` : name, paths, facts: recorded.facts }];
    }),
  );
}

/** Those of the folders that the files are in. */
function recordsOf(paths: readonly string[]): readonly FoundRecord[] {
  const folderOf = memoized(
    (folder: string) => folder,
    (folder: string) => folderWith(CLUSTER_RECORD_NAME, folder),
  );
  const folders = new Set(paths.flatMap((path) => folderOf(posix.dirname(path)) ?? []));
  return [...folders].sort(compareText).map((folder) => {
    const file = posix.join(folder, CLUSTER_RECORD_NAME);
    const clusters = readClusterRecord(readTextFile(file));
    if (clusters === undefined) {
      throw new ClusterRecordError(
        `${file} is not what a synth has written: synthesize the app again, or delete the file`,
      );
    }
    return { folder, clusters };
  });
}

/** The folder itself, or the nearest one above up to the root of the repository, that has a file of that name. */
export function folderWith(name: string, folder: string): string | undefined {
  if (existsSync(posix.join(folder, name))) return folder;
  const parent = posix.join(folder, '..');
  return resolve(parent) === resolve(folder) || existsSync(posix.join(folder, '.git'))
    ? undefined
    : folderWith(name, parent);
}
