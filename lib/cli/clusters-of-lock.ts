import { existsSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Config } from '../config/config';
import type { ClusterConfig } from '../config/clusters-key';
import type { ManifestFile } from '../manifests';
import { compareText } from '../finding/finding';
import { groupBy } from '../model/lookup';
import { LOCK_FILE_NAME } from '../synth/lock-file';
import { factsOfLock } from './lock-facts';

/** What cdk8s writes: the file of a chart is called after the constructs that it is in, the cluster among them. */
const OF_CDK8S = '.k8s.yaml';

/**
 * The clusters of an app with constructs of Netloom, whose manifests lie beside or below its lock: which file is of which cluster is in the
 * names of the files, and what their ranges are in the lock. Nothing where `netloom.yaml` names clusters.
 */
export function withClustersOfLock(config: Config, files: readonly ManifestFile[]): Config {
  if (config.clusters.length > 0) return config;
  const written = files.filter(({ path }) => path.endsWith(OF_CDK8S));
  const locks = [...groupBy(written, ({ path }) => lockOf(posix.dirname(path)) ?? '')].filter(([lock]) => lock !== '');
  if (locks.length !== 1) return config;
  const [[lock, ours]] = locks;
  const { facts } = factsOfLock(lock);
  const names = [...facts.keys()].sort(compareText);
  const filesOf = groupBy(ours, ({ path }) => clusterOf(posix.basename(path, OF_CDK8S), names) ?? '');
  const clusters = names.flatMap((name): ClusterConfig[] => {
    const own = filesOf.get(name);
    return own === undefined
      ? []
      : [{ name, paths: own.map(({ path }) => path), facts: { ...config.cluster, ...facts.get(name) } }];
  });
  // The paths are those of the working directory.
  return clusters.length === 0 || config.folder !== '.' ? config : { ...config, clusters };
}

/** The lock beside a folder, or above it, up to the root of the repository. */
function lockOf(folder: string): string | undefined {
  const lock = posix.join(folder, LOCK_FILE_NAME);
  if (existsSync(lock)) return lock;
  const parent = posix.join(folder, '..');
  return resolve(parent) === resolve(folder) || existsSync(posix.join(folder, '.git')) ? undefined : lockOf(parent);
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
