import { posix } from 'node:path';
import type { ClusterConfig } from '../config/clusters-key';
import type { Config } from '../config/config';
import { compareText } from '../finding/finding';
import type { ManifestFile } from '../manifests';
import { groupBy } from '../model/lookup';
import { LOCK_FILE_NAME } from '../synth/lock-file';
import { ClusterRecordError, folderWith, namesPaths, recordedClusters, withClusters } from '../synth/recorded-clusters';
import { factsOfLock } from './lock-facts';
import { UsageError } from './usage-error';

/**
 * The clusters of the apps that wrote the files: as the synth of each has recorded them, or as the names of its files and its lock say. Where
 * `netloom.yaml` names paths, it counts alone.
 */
export function withClustersOfApp(config: Config, files: readonly ManifestFile[]): Config {
  if (namesPaths(config)) return config;
  const recorded = clustersOfRecords(files);
  const clusters = recorded.length > 0 ? recorded : clustersOfLock(files);
  return clusters.length === 0 ? config : withClusters(config, clusters);
}

function clustersOfRecords(files: readonly ManifestFile[]): readonly ClusterConfig[] {
  try {
    return recordedClusters(files.map(({ path }) => path));
  } catch (error) {
    throw error instanceof ClusterRecordError ? new UsageError(error.message) : error;
  }
}

/** What cdk8s writes: the file of a chart is called after the constructs that it is in, the cluster among them. */
const OF_CDK8S = '.k8s.yaml';

/** Of an app that was synthesized before synths recorded anything. */
function clustersOfLock(files: readonly ManifestFile[]): readonly ClusterConfig[] {
  const written = files.filter(({ path }) => path.endsWith(OF_CDK8S));
  const locks = [...groupBy(written, ({ path }) => folderWith(LOCK_FILE_NAME, posix.dirname(path)) ?? '')].filter(
    ([folder]) => folder !== '',
  );
  if (locks.length !== 1) return [];
  const [[folder, ours]] = locks;
  const { facts } = factsOfLock(posix.join(folder, LOCK_FILE_NAME));
  const names = [...facts.keys()].sort(compareText);
  const filesOf = groupBy(ours, ({ path }) => clusterOf(posix.basename(path, OF_CDK8S), names) ?? '');
  return names.flatMap((name): ClusterConfig[] => {
    const own = filesOf.get(name);
    return own === undefined ? [] : [{ name, paths: own.map(({ path }) => path), facts: { ...facts.get(name) } }];
  });
}

/** Constructs outside come first in the name: of several clusters the first one is meant, and of those that start there the longest. */
function clusterOf(fileName: string, names: readonly string[]): string | undefined {
  if (names.length === 1) return names[0];
  const found = names
    .map((name) => ({ name, at: `-${fileName}-`.indexOf(`-${name}-`) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.name.length - a.name.length);
  return found.at(0)?.name;
}
