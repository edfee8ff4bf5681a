import { cidrSize, formatAddress, formatCidr, nthAddress, type Cidr } from '../address';
import { explicitCidrs } from './claims';
import { holdsOf } from './explicit-ranges';
import type { ClusterPlan } from './fleet-plan';
import { nodeMask } from './sizing';
import type { ClusterSpec, Role } from './spec';

/** kubeadm gives the DNS Service the address at this index of the service CIDR. */
const DNS_SERVICE_INDEX = 10n;

/** A range that was allocated to a cluster. */
export interface ClusterRange {
  readonly role: Role;
  readonly cidr: Cidr;
}

/** The addresses of a cluster, explicit or allocated, and what they hold. */
export function clusterPlan(cluster: ClusterSpec, allocated: readonly ClusterRange[]): ClusterPlan {
  const pods = rangesOf(cluster, 'pods', allocated);
  const services = rangesOf(cluster, 'services', allocated);
  const extraServices = cluster.extraServiceCidrs.map(({ cidr }) => cidr);
  const loadBalancers = rangesOf(cluster, 'loadBalancers', allocated);
  return {
    families: cluster.families,
    podCidrs: pods.map(formatCidr),
    nodeCidrMaskSize: Object.fromEntries(pods.map(({ family }) => [family, nodeMask(cluster, family)])),
    serviceCidrs: services.map(formatCidr),
    loadBalancerCidrs: loadBalancers.map(formatCidr),
    dnsIps: services.flatMap(dnsIp),
    clusterDomain: cluster.clusterDomain,
    capacity: {
      nodes: capacity(cluster, 'pods', pods),
      podsPerNode: cluster.podsPerNode,
      services: capacity(cluster, 'services', [...services, ...extraServices]),
      loadBalancers: capacity(cluster, 'loadBalancers', loadBalancers),
    },
  };
}

/** In the order of the families, and of one family as they are listed. */
function rangesOf(cluster: ClusterSpec, role: Role, allocated: readonly ClusterRange[]): Cidr[] {
  const ranges = cluster.explicitRoles.has(role)
    ? explicitCidrs(cluster, role)
    : allocated.filter((range) => range.role === role);
  return cluster.families.flatMap((family) => ranges.flatMap(({ cidr }) => (cidr.family === family ? [cidr] : [])));
}

/** What the ranges hold in the family that holds least; 0 without a range. */
function capacity(cluster: ClusterSpec, role: Role, ranges: readonly Cidr[]): number {
  if (ranges.length === 0) return 0;
  const sums = new Map<string, number>();
  for (const cidr of ranges) {
    sums.set(cidr.family, (sums.get(cidr.family) ?? 0) + holdsOf(cluster, role, cidr));
  }
  return Math.min(...sums.values());
}

/** A service CIDR too small for it is a finding already. */
function dnsIp(cidr: Cidr): string[] {
  return cidrSize(cidr) > DNS_SERVICE_INDEX ? [formatAddress(nthAddress(cidr, DNS_SERVICE_INDEX))] : [];
}
