import { type Finding, finding } from '../finding/finding';
import { anyGlob } from '../manifests/glob';
import type { ClusterTexts } from './cluster-options';
import { type Config, factsOfCluster } from './config';
import { FILE_OF_TWO_CLUSTERS } from './rules';

/** The files that are one cluster. */
export interface ClusterGroup<File> {
  /** Null for the files of no cluster. */
  readonly name: string | null;
  readonly facts: ClusterTexts;
  readonly files: readonly File[];
}

export interface ClusterGroups<File> {
  /** Those that have files: sorted by name, the files of no cluster last. One group at least. */
  readonly groups: readonly ClusterGroup<File>[];
  readonly findings: readonly Finding[];
}

/** Which file belongs to which cluster of `netloom.yaml`. A file belongs to one: the first that claims it, by name. */
export function groupByCluster<File extends { readonly path: string }>(
  files: readonly File[],
  config: Config,
): ClusterGroups<File> {
  const clusters = config.clusters.map(({ name, paths }) => ({ name, claims: anyGlob(paths, { dot: true }) }));
  const findings: Finding[] = [];
  const byName = new Map<string | null, File[]>([...clusters.map(({ name }) => name), null].map((name) => [name, []]));
  for (const file of files) {
    const owners = clusters.filter(({ claims }) => claims(file.path)).map(({ name }) => name);
    byName.get(owners.at(0) ?? null)?.push(file);
    if (owners.length > 1) findings.push(ofTwoClusters(file.path, owners[0], owners[1]));
  }
  const groups = [...byName].filter(([, members]) => members.length > 0);
  return {
    groups: (groups.length > 0 ? groups : [[null, []] as const]).map(([name, members]) => ({
      name,
      facts: factsOfCluster(config, name),
      files: members,
    })),
    findings,
  };
}

function ofTwoClusters(path: string, owner: string, other: string): Finding {
  return finding(FILE_OF_TWO_CLUSTERS, {
    message: `${path} is claimed by the clusters ${owner} and ${other}`,
    origin: { file: path, line: null, column: null, construct: null },
    help: `make the paths of one of them narrower in netloom.yaml; the file was checked with those of ${owner}`,
  });
}
