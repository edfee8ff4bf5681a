import { clusterNamed, type ReadCluster, readClusters } from '../check/read-clusters';
import { readClusterFacts } from '../config/cluster-options';
import type { Finding } from '../finding/finding';
import type { Config } from '../config/config';
import { type ManifestFile, type ReadTreeOptions, type SkippedInput } from '../manifests';
import { networkModel, type NetworkModel, type SourceObject } from '../model';
import { type AppOption, readAppReports } from './app-report';
import { type ClusterOptions, givenFacts, type NamedCluster, refuseFacts } from './cluster-options';
import { withClustersOfApp } from './clusters-of-app';
import { collectIncluded, type ConfigOption, loadConfig } from './configuration';
import { type HelmOptions, withRenderedCharts } from './helm-charts';
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

/** The files that the paths stand for as one cluster, which must be named where `netloom.yaml` has several; without paths, the cluster of the cdk8s app. */
export async function readInput(
  paths: readonly string[],
  options: ClusterOptions & NamedCluster & AppOption & ConfigOption & NoteOptions & HelmOptions,
): Promise<Input> {
  const start = performance.now();
  const loaded = loadConfig(options, paths);
  if (paths.length === 0 && options.helm) throw new UsageError('--helm needs a PATH: an app has no charts');
  if (paths.length === 0) return readAppInput(options, loaded.findings);
  const facts = givenFacts(options);
  const collected = withRenderedCharts(collectIncluded(paths, loaded.config), options);
  const read = clusterOfFiles(
    collected.files,
    withClustersOfApp(loaded.config, collected.files),
    options.cluster,
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
