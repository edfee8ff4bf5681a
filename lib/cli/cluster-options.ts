import { type Command, Option } from 'commander';
import { given } from '../check/check-files';
import { type ClusterTexts, readClusterFacts } from '../config/cluster-options';
import { type ClusterFacts, POLICY_ENGINES } from '../model';
import type { HostNetworkMode } from '../reach';
import { list } from './arguments';
import { UsageError } from './usage-error';

/** Options that tell facts of a cluster. */
export interface ClusterOptions {
  readonly serviceCidr?: readonly string[];
  readonly podCidr?: readonly string[];
  readonly nodeCidr?: readonly string[];
  readonly loadBalancerCidr?: readonly string[];
  readonly nodePortRange?: string;
  readonly kubernetesVersion?: string;
  readonly clusterDomain?: string;
  readonly policyEngine?: string;
}

/** For commands that answer for one cluster. */
export interface NamedCluster {
  readonly cluster?: string;
}

/** For commands that solve policies. */
export interface HostNetworkOption {
  readonly hostNetwork: HostNetworkMode;
}

const FACTS: Record<keyof ClusterOptions, Option> = {
  serviceCidr: new Option('--service-cidr <CIDR[,CIDR]>', 'the service CIDRs of the cluster').argParser(list),
  podCidr: new Option('--pod-cidr <CIDR[,CIDR]>', 'the cluster CIDRs (pod networks)').argParser(list),
  nodeCidr: new Option('--node-cidr <CIDR[,CIDR]>', 'where the nodes live').argParser(list),
  loadBalancerCidr: new Option(
    '--load-balancer-cidr <CIDR[,CIDR]>',
    'the load balancer ranges of the cluster',
  ).argParser(list),
  nodePortRange: new Option('--node-port-range <FIRST-LAST>', 'the node ports of the cluster'),
  kubernetesVersion: new Option('--kubernetes-version <VERSION>', 'the version of Kubernetes, such as 1.33'),
  clusterDomain: new Option('--cluster-domain <DOMAIN>', 'the DNS domain of the cluster'),
  policyEngine: new Option(
    '--policy-engine <ENGINE>',
    'whose policies decide (default: what the objects show)',
  ).choices(POLICY_ENGINES),
};

export function addClusterFacts(command: Command): Command {
  for (const option of Object.values(FACTS)) command.addOption(option);
  return command;
}

export function addClusterName(command: Command): Command {
  return command.option('--cluster <NAME>', 'which cluster, where there are several');
}

export function addHostNetwork(command: Command): Command {
  return command.addOption(
    new Option(
      '--host-network <MODE>',
      'how the CNI sees pods in the network of their node: as the node, which policies do not select, or as a pod',
    )
      .choices(['node', 'pod'])
      .default('node'),
  );
}

/** What the options say. @throws UsageError for what is not understood */
export function givenFacts(options: ClusterOptions): ClusterTexts {
  const texts = given({
    serviceCidrs: options.serviceCidr,
    podCidrs: options.podCidr,
    nodeCidrs: options.nodeCidr,
    loadBalancerCidrs: options.loadBalancerCidr,
    nodePortRange: options.nodePortRange,
    kubernetesVersion: options.kubernetesVersion,
    clusterDomain: options.clusterDomain,
    policyEngine: options.policyEngine,
  });
  knownFacts(texts);
  return texts;
}

/** For an app with constructs of Netloom, which knows its clusters itself. @throws UsageError for options that nobody would hear */
export function refuseFacts(options: ClusterOptions): void {
  const given = (Object.keys(FACTS) as (keyof ClusterOptions)[]).filter((fact) => options[fact] !== undefined);
  if (given.length === 0) return;
  throw new UsageError(
    `${given.map((fact) => FACTS[fact].long).join(', ')}: an app with constructs of Netloom says itself what its clusters are: set it in the app or in netloom.yaml, or name manifests as PATH`,
  );
}

/** @throws UsageError for a value that is none */
export function knownFacts(texts: ClusterTexts): ClusterFacts {
  const { facts, problems } = readClusterFacts(texts);
  const problem = problems.at(0);
  if (problem !== undefined) throw new UsageError(`${problem.key}: ${problem.message}; ${problem.help}`);
  return facts;
}
