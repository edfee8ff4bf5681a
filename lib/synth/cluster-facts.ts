import { type Cidr, parseCidr } from '../address';
import { readClusterFacts } from '../config/cluster-options';
import { type Config, factsOfCluster } from '../config/config';
import type { ClusterFacts } from '../model';
import type { ClusterPlan } from '../plan';
import type { PlannedCluster } from './app-state';

/** The fleet's plan of the cluster. */
export function clusterPlan(cluster: PlannedCluster): ClusterPlan | undefined {
  return cluster.fleet.plan.clusters.get(cluster.name);
}

/** What the plan and the spec say of the cluster, and what `netloom.yaml` says beyond that. */
export function clusterFacts(cluster: PlannedCluster | undefined, config: Config): ClusterFacts {
  const configured = readClusterFacts(factsOfCluster(config, cluster?.name ?? null)).facts;
  const plan = cluster && clusterPlan(cluster);
  if (cluster === undefined || plan === undefined) return configured;
  const { spec } = cluster;
  const version = spec?.kubernetesVersion;
  return {
    // Extra ranges exist as far as the app has ServiceCIDR objects, which say so themselves.
    serviceCidrs: known(plan.serviceCidrs) ?? configured.serviceCidrs,
    podCidrs: known(plan.podCidrs) ?? configured.podCidrs,
    nodeCidrs: spec && spec.nodeNetwork.length > 0 ? spec.nodeNetwork.map(({ cidr }) => cidr) : configured.nodeCidrs,
    loadBalancerCidrs: known(plan.loadBalancerCidrs) ?? configured.loadBalancerCidrs,
    nodePortRange: spec?.nodePortRange ?? configured.nodePortRange,
    kubernetesVersion: version ? `${version.major}.${version.minor}` : configured.kubernetesVersion,
    clusterDomain: plan.clusterDomain,
    dns: readClusterFacts({ dns: cluster.dns }).facts.dns ?? configured.dns,
  };
}

/** No range planned means not known here, not that there is none. */
function known(cidrs: readonly string[]): Cidr[] | undefined {
  return cidrs.length === 0 ? undefined : cidrs.map(parseCidr);
}
