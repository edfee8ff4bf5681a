import { type ClusterTexts, readClusterFacts } from '../config/cluster-options';
import type { Config } from '../config/config';
import type { Finding } from '../finding/finding';
import { collectFiles, readManifests } from '../manifests';
import { type ClusterFacts, networkModel, type NetworkModel, type SourceObject } from '../model';
import { readAppReports } from './app-report';
import { loadConfig } from './config-file';
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
}

/** What an option says goes before what the configuration says. */
export function clusterTexts(options: ClusterOptions, { cluster }: Config): ClusterTexts {
  return {
    serviceCidrs: options.serviceCidr ?? cluster.serviceCidrs,
    podCidrs: options.podCidr ?? cluster.podCidrs,
    nodeCidrs: options.nodeCidr ?? cluster.nodeCidrs,
    loadBalancerCidrs: cluster.loadBalancerCidrs,
    nodePortRange: options.nodePortRange ?? cluster.nodePortRange,
    kubernetesVersion: options.kubernetesVersion ?? cluster.kubernetesVersion,
    clusterDomain: options.clusterDomain ?? cluster.clusterDomain,
  };
}

/** @throws UsageError for a value that is none */
export function knownFacts(texts: ClusterTexts): ClusterFacts {
  const { facts, problems } = readClusterFacts(texts);
  const problem = problems.at(0);
  if (problem !== undefined) throw new UsageError(`${problem.key}: ${problem.message}; ${problem.help}`);
  return facts;
}

/** The files that the paths stand for as one cluster; without paths, the cluster of the cdk8s app, which must be named where there are several. */
export async function readInput(
  paths: readonly string[],
  options: ClusterOptions & { readonly cluster?: string },
): Promise<Input> {
  const loaded = loadConfig();
  if (paths.length === 0) return readAppInput(options, loaded.findings);
  const facts = knownFacts(clusterTexts(options, loaded.config));
  const collected = collectFiles(paths, { exclude: loaded.config.exclude });
  const read = readManifests(collected.files);
  return {
    model: networkModel(read.objects, facts),
    findings: [...loaded.findings, ...collected.findings, ...read.findings],
  };
}

async function readAppInput(
  { cluster }: { readonly cluster?: string },
  configFindings: readonly Finding[],
): Promise<Input> {
  const reports = await readAppReports({ renumber: [], manifests: true });
  const clusters = reports.flatMap(({ manifests }) => manifests).filter(({ manifests }) => manifests.length > 0);
  const named = clusters.filter((entry) => cluster === undefined || entry.cluster === cluster);
  const names = clusters.map((entry) => entry.cluster ?? '(none)').join(', ');
  if (named.length === 0 && cluster !== undefined)
    throw new UsageError(`the app has no cluster ${cluster}: it has ${names}`);
  if (named.length > 1) throw new UsageError(`the app has several clusters: name one with --cluster: ${names}`);
  const objects = named.flatMap(({ manifests }): SourceObject[] =>
    manifests.map(({ manifest, origin }) => ({ manifest, locate: () => origin })),
  );
  return { model: networkModel(objects, readClusterFacts(named.at(0)?.facts ?? {}).facts), findings: configFindings };
}
