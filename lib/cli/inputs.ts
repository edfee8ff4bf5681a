import { clusterNamed, type ReadCluster, readClusters } from '../check/read-clusters';
import { type ClusterTexts, readClusterFacts } from '../config/cluster-options';
import type { Finding } from '../finding/finding';
import { type Config, factsOfCluster } from '../config/config';
import { type CollectedFiles, type ManifestFile, type ReadTreeOptions, type SkippedInput } from '../manifests';
import { networkModel, type NetworkModel, type SourceObject } from '../model';
import { type AppOption, readAppReports } from './app-report';
import { type ClusterOptions, givenFacts, type NamedCluster, refuseFacts } from './cluster-options';
import { withClustersOfApp } from './clusters-of-app';
import { collectIncluded, type ConfigOption, loadConfig } from './configuration';
import { type HelmOptions, withRenderedCharts } from './helm-charts';
import { collectLive, type FileOptions, type LiveOption, refuseBesideLive, withSnapshots } from './live-cluster';
import { readFromDisk } from './read-from-disk';
import { readNotes } from './read-notes';
import { noteDetail, type NoteOptions } from './tell';
import { UsageError } from './usage-error';

/** The objects of one cluster. */
export interface Input {
  readonly model: NetworkModel;
  /** What reading found. */
  readonly findings: readonly Finding[];
  /** What is no manifest, and was passed over. */
  readonly ignored: readonly SkippedInput[];
}

/**
 * The files that the paths stand for as one cluster, which must be named where `netloom.yaml` has several; with `--live` a running cluster; without
 * either, the cluster of the cdk8s app.
 */
export async function readInput(
  paths: readonly string[],
  options: ClusterOptions & NamedCluster & AppOption & ConfigOption & NoteOptions & HelmOptions & LiveOption,
): Promise<Input> {
  const start = performance.now();
  const loaded = loadConfig(options, paths);
  const isApp = paths.length === 0 && options.live === undefined;
  if (isApp && options.helm) throw new UsageError('--helm needs a PATH: an app has no charts');
  if (isApp) return readAppInput(options, loaded.findings);
  const given = givenFacts(options);
  const { collected, config, facts } =
    options.live === undefined
      ? filesInput(paths, loaded.config, { ...options, facts: given })
      : await liveInput(options.live, paths, loaded.config, { ...options, facts: given });
  const read = clusterOfFiles(
    collected.files,
    withClustersOfApp(config, collected.files),
    options.live === undefined ? options.cluster : undefined,
    readFromDisk(paths),
  );
  noteDetail(
    () =>
      readNotes({
        files: collected.files,
        clusters: [read],
        skipped: read.skipped,
        milliseconds: performance.now() - start,
      }),
    options,
  );
  return {
    model: networkModel(read.objects, readClusterFacts({ ...read.facts, ...facts }).facts),
    findings: [...loaded.findings, ...collected.findings, ...read.findings],
    ignored: read.skipped,
  };
}

/** What is read in place of files. */
export interface ClusterInput {
  readonly collected: CollectedFiles;
  /** What is said of all clusters: a running one is one. */
  readonly config: Config;
  readonly facts: ClusterTexts;
}

/** Files, with what options say about their cluster, and snapshots among them. @throws UsageError */
export function filesInput(
  paths: readonly string[],
  config: Config,
  options: HelmOptions & { readonly facts: ClusterTexts },
): ClusterInput {
  const { collected, facts } = withSnapshots(withRenderedCharts(collectIncluded(paths, config), options));
  return { collected, config, facts: { ...facts, ...options.facts } };
}

/** A running cluster, with what is known about it: what options say counts most, then `netloom.yaml` of the cluster that is named, then the cluster itself. */
export async function liveInput(
  live: string | true,
  paths: readonly string[],
  config: Config,
  options: NamedCluster & NoteOptions & FileOptions & { readonly facts: ClusterTexts },
): Promise<ClusterInput> {
  refuseBesideLive(paths, options);
  const { collected, facts } = await collectLive(live, options);
  const stated = options.cluster === undefined ? {} : factsOfCluster(config, options.cluster);
  return { collected, config: { ...config, clusters: [] }, facts: { ...facts, ...stated, ...options.facts } };
}

/** What is in the cluster, which must be named where there are several. */
export function clusterOfFiles(
  files: readonly ManifestFile[],
  config: Config,
  cluster: string | undefined,
  readFile: ReadTreeOptions['read'],
): ReadCluster & { readonly findings: readonly Finding[]; readonly skipped: readonly SkippedInput[] } {
  const { clusters, findings, skipped } = readClusters(files, config, readFile);
  return { ...clusterNamed(cluster, clusters, config), findings, skipped };
}

async function readAppInput(
  options: ClusterOptions & NamedCluster & AppOption,
  configFindings: readonly Finding[],
): Promise<Input> {
  const reports = await readAppReports({ renumber: [], manifests: true, app: options.app });
  refuseFacts(options);
  const { cluster } = options;
  const clusters = reports.flatMap(({ manifests }) => manifests).filter(({ manifests }) => manifests.length > 0);
  const named = clusters.filter((entry) => cluster === undefined || entry.cluster === cluster);
  const names = clusters.map((entry) => entry.cluster ?? '(none)').join(', ');
  if (named.length === 0 && cluster !== undefined)
    throw new UsageError(`the app has no cluster ${cluster}: it has ${names}`);
  if (named.length > 1) throw new UsageError(`the app has several clusters: name one with --cluster: ${names}`);
  const objects = named.flatMap(({ manifests }): SourceObject[] =>
    manifests.map(({ manifest, origin }) => ({ manifest, locate: () => origin })),
  );
  return {
    model: networkModel(objects, readClusterFacts(named.at(0)?.facts ?? {}).facts),
    findings: configFindings,
    ignored: [],
  };
}
