import { given } from '../check/check-files';
import { type ClusterGroup, groupByCluster } from '../config/cluster-groups';
import { type ClusterTexts, readClusterFacts } from '../config/cluster-options';
import type { Finding } from '../finding/finding';
import { type Config, factsOfCluster } from '../config/config';
import { collectFiles, type ManifestFile, readManifests, type SkippedInput } from '../manifests';
import { type ClusterFacts, networkModel, type NetworkModel, type SourceObject } from '../model';
import { readConfigFile } from '../synth/config-file';
import { readAppReports } from './app-report';
import { UsageError } from './usage-error';

/** Options that tell facts of a cluster. */
export interface ClusterOptions {
  readonly serviceCidr?: readonly string[];
  readonly podCidr?: readonly string[];
  readonly nodeCidr?: readonly string[];
  readonly nodePortRange?: string;
  readonly kubernetesVersion?: string;
  readonly clusterDomain?: string;
}

/** The objects of one cluster. */
export interface Input {
  readonly model: NetworkModel;
  /** What reading found. */
  readonly findings: readonly Finding[];
  /** What is no manifest, and was passed over. */
  readonly ignored: readonly SkippedInput[];
}

/** What the options say. @throws UsageError for what is not understood */
export function givenFacts(options: ClusterOptions): ClusterTexts {
  const texts = given({
    serviceCidrs: options.serviceCidr,
    podCidrs: options.podCidr,
    nodeCidrs: options.nodeCidr,
    nodePortRange: options.nodePortRange,
    kubernetesVersion: options.kubernetesVersion,
    clusterDomain: options.clusterDomain,
  });
  knownFacts(texts);
  return texts;
}

const FLAGS: Record<keyof ClusterOptions, string> = {
  serviceCidr: '--service-cidr',
  podCidr: '--pod-cidr',
  nodeCidr: '--node-cidr',
  nodePortRange: '--node-port-range',
  kubernetesVersion: '--kubernetes-version',
  clusterDomain: '--cluster-domain',
};

/** For an app with constructs of Netloom, which knows its clusters itself. @throws UsageError for options that nobody would hear */
export function refuseFacts(options: ClusterOptions): void {
  const given = (Object.keys(FLAGS) as (keyof ClusterOptions)[]).filter((fact) => options[fact] !== undefined);
  if (given.length === 0) return;
  throw new UsageError(
    `${given.map((fact) => FLAGS[fact]).join(', ')}: an app with constructs of Netloom says itself what its clusters are: set it in the app or in netloom.yaml, or name manifests as PATH`,
  );
}

/** @throws UsageError for a value that is none */
export function knownFacts(texts: ClusterTexts): ClusterFacts {
  const { facts, problems } = readClusterFacts(texts);
  const problem = problems.at(0);
  if (problem !== undefined) throw new UsageError(`${problem.key}: ${problem.message}; ${problem.help}`);
  return facts;
}

/** The files that the paths stand for as one cluster, which must be named where `netloom.yaml` has several; without paths, the cluster of the cdk8s app. */
export async function readInput(
  paths: readonly string[],
  options: ClusterOptions & { readonly cluster?: string },
): Promise<Input> {
  const loaded = readConfigFile();
  if (paths.length === 0) return readAppInput(options, loaded.findings);
  const facts = givenFacts(options);
  const collected = collectFiles(paths, { exclude: loaded.config.exclude });
  const group = filesOfCluster(collected.files, loaded.config, options.cluster);
  const read = readManifests(group.files);
  return {
    model: networkModel(read.objects, readClusterFacts({ ...group.facts, ...facts }).facts),
    findings: [...loaded.findings, ...collected.findings, ...group.findings, ...read.findings],
    ignored: read.skipped,
  };
}

/** The files of the cluster, which must be named where `netloom.yaml` has several. */
export function filesOfCluster(
  files: readonly ManifestFile[],
  config: Config,
  cluster: string | undefined,
): ClusterGroup<ManifestFile> & { readonly findings: readonly Finding[] } {
  const { groups, findings } = groupByCluster(files, config);
  const named = groups.filter(({ name }) => cluster === undefined || config.clusters.length === 0 || name === cluster);
  const names = groups.map(({ name }) => name ?? '(none)').join(', ');
  const group = named.at(0) ?? emptyCluster(config, cluster);
  if (group === undefined) throw new UsageError(`no file is of the cluster ${String(cluster)}: there is ${names}`);
  if (named.length > 1) throw new UsageError(`the files are of several clusters: name one with --cluster: ${names}`);
  return { ...group, findings };
}

/** A cluster of `netloom.yaml` that has no files here: before it was made, or after it is gone. */
function emptyCluster(config: Config, cluster: string | undefined): ClusterGroup<ManifestFile> | undefined {
  if (cluster === undefined || !config.clusters.some(({ name }) => name === cluster)) return undefined;
  return { name: cluster, facts: factsOfCluster(config, cluster), files: [] };
}

async function readAppInput(
  options: ClusterOptions & { readonly cluster?: string },
  configFindings: readonly Finding[],
): Promise<Input> {
  const reports = await readAppReports({ renumber: [], manifests: true });
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
