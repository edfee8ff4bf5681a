import { type Cidr, formatCidr, rangeToCidrs } from '../address';
import type { ClusterDns } from './cluster-dns';
import type { IpPool } from './ip-pool';
import { concat, flatMap } from './lists';
import type { LoadBalancerPool } from './load-balancer-pool';
import type { ClusterFacts } from './facts';
import type { Service } from './service';
import { apiGroup, type ModelObject } from './source-object';
import type { RangeSetting, StatedRanges, Statements } from './statements';

/**
 * The facts that the objects state; where they state none, what the caller knows; where nobody knows, the default.
 *
 * @param otherAllocators something gives out load balancer addresses whose pools are not read
 * @param dnsOf who answers DNS in a cluster with these service ranges
 */
export function mergedFacts(
  given: ClusterFacts,
  { ranges, domains, nodePortRange: statedNodePorts, defaultServiceCidr }: Statements,
  ipPools: readonly IpPool[],
  loadBalancerPools: readonly LoadBalancerPool[],
  otherAllocators: boolean,
  dnsOf: (serviceCidrs: readonly Cidr[] | undefined) => ClusterDns | undefined,
): ClusterFacts {
  const cidrsOf = (...settings: readonly RangeSetting[]): readonly Cidr[] | undefined => statedCidrs(ranges, settings);
  const ofPools = ipPools.filter((pool) => pool.forWorkloads && !pool.disabled).map(({ cidr }) => cidr);
  const ofNetworkPlugins = concat(
    cidrsOf('Network of Flannel') ?? [],
    cidrsOf('cluster pool of Cilium') ?? [],
    cidrsOf('CiliumPodIPPool') ?? [],
    ofPools,
  );
  const primaryServices = apiServerCidrs(given, { ranges, defaultServiceCidr });
  // An extra ServiceCIDR says nothing about the one that the cluster started with.
  const serviceCidrs = primaryServices && distinctCidrs(concat(primaryServices, cidrsOf('ServiceCIDR') ?? []));
  const facts: ClusterFacts = {
    ...given,
    serviceCidrs,
    podCidrs:
      cidrsOf(
        'podSubnet of kubeadm',
        'cluster-cidr of k3s',
        'cluster-cidr of RKE2',
        'cluster-cidr of the controller manager',
        'clusterCIDR of kube-proxy',
      ) ??
      given.podCidrs ??
      (ofNetworkPlugins.length > 0 ? distinctCidrs(ofNetworkPlugins) : undefined),
    loadBalancerCidrs: loadBalancerCidrs(given, loadBalancerPools, otherAllocators),
    clusterDomain: domains.at(0)?.value ?? given.clusterDomain,
    nodePortRange: statedNodePorts ?? given.nodePortRange,
    dns: dnsOf(serviceCidrs),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** The service ranges that the API server is started with, as far as somebody says them. They alone decide which families Services may have. */
export function apiServerCidrs(
  given: ClusterFacts,
  { ranges, defaultServiceCidr }: Pick<Statements, 'ranges' | 'defaultServiceCidr'>,
): readonly Cidr[] | undefined {
  return (
    primaryServiceCidrs(ranges) ??
    statedCidrs(ranges, [
      'serviceSubnet of kubeadm',
      'service-cidr of k3s',
      'service-cidr of RKE2',
      'service-cluster-ip-range of the API server',
      'service-cluster-ip-range of the controller manager',
    ]) ??
    given.serviceCidrs ??
    (defaultServiceCidr && [defaultServiceCidr])
  );
}

/** Of the first setting that is there. */
function statedCidrs(ranges: readonly StatedRanges[], settings: readonly RangeSetting[]): readonly Cidr[] | undefined {
  for (const setting of settings) {
    const cidrs = flatMap(
      ranges.filter((stated) => stated.setting === setting),
      ({ entries }) => flatMap(entries, ({ cidr }) => cidr ?? []),
    );
    if (cidrs.length > 0) return distinctCidrs(cidrs);
  }
  return undefined;
}

/** The object that the API server makes from its flag; it has this name in every cluster (KEP-1880). */
function primaryServiceCidrs(ranges: readonly StatedRanges[]): readonly Cidr[] | undefined {
  const primary = ranges.find(({ setting, object }) => setting === 'ServiceCIDR' && object.ref.name === 'kubernetes');
  const cidrs = flatMap(primary?.entries ?? [], ({ cidr }) => cidr ?? []);
  return cidrs.length > 0 ? cidrs : undefined;
}

/** What the caller knows counts too: pools of the cluster may be elsewhere. */
function loadBalancerCidrs(
  given: ClusterFacts,
  pools: readonly LoadBalancerPool[],
  otherAllocators: boolean,
): readonly Cidr[] | undefined {
  if (otherAllocators) return undefined;
  const ofPools = flatMap(
    pools.filter(({ disabled }) => !disabled),
    ({ blocks }) => flatMap(blocks, ({ range }) => rangeToCidrs(range)),
  );
  return ofPools.length === 0 ? given.loadBalancerCidrs : distinctCidrs(concat(given.loadBalancerCidrs ?? [], ofPools));
}

function distinctCidrs(cidrs: readonly Cidr[]): readonly Cidr[] {
  return [...new Map(cidrs.map((cidr) => [formatCidr(cidr), cidr])).values()];
}

/** The Service of the cluster DNS: the name is that of kube-dns wherever kubeadm or its kin made the cluster. */
export function clusterDnsService(services: readonly Service[]): Service | undefined {
  return services.find(({ namespace, name }) => namespace === 'kube-system' && name === 'kube-dns');
}

/** PureLB and kube-vip: their pools are not part of the model. */
export function isOtherAllocator({ ref }: ModelObject): boolean {
  return (
    (ref.kind === 'ServiceGroup' && apiGroup(ref.apiVersion) === 'purelb.io') ||
    (ref.kind === 'ConfigMap' && ref.apiVersion === 'v1' && ref.name === 'kubevip')
  );
}
