import { clusterClaims } from '../config/cluster-groups';
import type { ClusterTexts } from '../config/cluster-options';
import { type Config, factsOfCluster } from '../config/config';
import type { Finding } from '../finding/finding';
import { type ManifestFile, readTree, type ReadTreeOptions, type SkippedInput, type TreeCluster } from '../manifests';

/** The objects of one cluster, and what is known about it. */
export interface ReadCluster extends TreeCluster {
  readonly facts: ClusterTexts;
}

export interface ReadClusters {
  /** Sorted by name, those of no cluster last. One at least. */
  readonly clusters: readonly ReadCluster[];
  /** What reading found. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedInput[];
  /** How the input was understood, if it shows several clusters and nobody named them. */
  readonly understood: string | null;
}

/** The files as clusters: those of `netloom.yaml`, else those that the repository shows. */
export function readClusters(
  files: readonly ManifestFile[],
  config: Config,
  read?: ReadTreeOptions['read'],
): ReadClusters {
  const clustersOf = clusterClaims(config);
  const tree = readTree(files, { read, clustersOf });
  const clusters = tree.clusters.map((cluster) => ({ ...cluster, facts: factsOfCluster(config, cluster.name) }));
  const names = clusters.map(({ name }) => name ?? 'all else');
  const isGuess = clustersOf === undefined && clusters.length > 1;
  return {
    clusters,
    findings: tree.findings,
    skipped: tree.skipped,
    understood: isGuess
      ? `understood as ${clusters.length} clusters, each checked by itself: ${shortened(names)}; clusters: of netloom.yaml says it otherwise`
      : null,
  };
}

const NAMED = 8;

function shortened(names: readonly string[]): string {
  const hidden = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}

/** There is no cluster of that name, or nobody says which one is meant. */
export class UnknownCluster extends Error {}

/**
 * The cluster that is asked for; the only one needs no name.
 * @throws UnknownCluster
 */
export function clusterNamed(name: string | undefined, clusters: readonly ReadCluster[], config: Config): ReadCluster {
  // Where nobody has named clusters, the name is that of another source of facts.
  const isOne = config.clusters.length === 0 && clusters.length === 1;
  const named = clusters.filter((cluster) => name === undefined || isOne || cluster.name === name);
  const names = clusters.map((cluster) => cluster.name ?? '(none)').join(', ');
  const read = named.at(0) ?? emptyCluster(config, name);
  if (read === undefined) throw new UnknownCluster(`no file is of the cluster ${String(name)}: there is ${names}`);
  if (named.length > 1)
    throw new UnknownCluster(`the files are of several clusters: name one with --cluster: ${names}`);
  return read;
}

/** A cluster of `netloom.yaml` that has no files here: before it was made, or after it is gone. */
function emptyCluster(config: Config, name: string | undefined): ReadCluster | undefined {
  if (name === undefined || !config.clusters.some((cluster) => cluster.name === name)) return undefined;
  return { name, folders: [], facts: factsOfCluster(config, name), objects: [], isPartial: false };
}
