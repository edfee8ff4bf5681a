import { type ClusterTexts, readClusterFacts } from '../config/cluster-options';
import type { Config } from '../config/config';
import type { ClusterFacts } from '../model';
import { UsageError } from './usage-error';

/** The options that say what the cluster is like. */
export interface FactOptions {
  readonly serviceCidr?: readonly string[];
  readonly podCidr?: readonly string[];
  readonly nodeCidr?: readonly string[];
  readonly nodePortRange?: string;
  readonly kubernetesVersion?: string;
  readonly clusterDomain?: string;
}

/** What an option says goes before what the configuration says. */
export function clusterTexts(options: FactOptions, { cluster }: Config): ClusterTexts {
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
