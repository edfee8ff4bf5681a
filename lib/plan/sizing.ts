import { addressBits, type IpFamily } from '../address';
import type { ClusterSpec, KubernetesVersion, Role } from './spec';

/** kubeadm refuses a pod subnet of more than 2^16 node blocks (`PodSubnetNodeMaskMaxDiff`), kube-controller-manager does for IPv6. */
export const MAX_MASK_DIFFERENCE = 16;

/** kubeadm refuses a pod subnet below 14 and a service subnet below 10 addresses: both come out as four host bits. */
export const MIN_CLUSTER_HOST_BITS = 4;

/** kubeadm and the API server before 1.35 refuse larger service ranges (`MaximumBitsForServiceSubnet`). */
const MAX_SERVICE_HOST_BITS = 20;

/** The allocator of KEP-1880 refuses an IPv6 service range shorter than /64. */
const MAX_IPV6_SERVICE_HOST_BITS = 64;

/** What an IPv6 service range has unless the count needs more: the bitmap allocator before KEP-1880 never used more than a /112. */
const IPV6_SERVICE_HOST_BITS = 16;

/** `kubernetes` and the DNS Service. */
export const SERVICES_OF_EVERY_CLUSTER = 2;

/** host-local gives no pod the network address, the broadcast address and the address of the bridge. */
const ADDRESSES_LOST_ON_A_NODE = 3;

/** The smallest number of bits that tell `count` things apart. */
export function bitsFor(count: number): number {
  let bits = 0;
  while (2 ** bits < count) bits++;
  return bits;
}

/** `count` times the headroom, rounded up; what only floating point adds does not count. */
export function withHeadroom(count: number, headroom: number): number {
  const product = count * headroom;
  return Number.isInteger(product) ? product : Math.ceil(Number(product.toFixed(6)));
}

/** The prefix length of a node's pod CIDR: as given, else the smallest that has two addresses for each pod and holds the pods; /64 for IPv6. */
export function nodeMask(cluster: ClusterSpec, family: IpFamily): number {
  const given = cluster.nodeCidrMaskSize[family];
  if (given !== undefined) return given;
  if (family === 'IPv6') return 64;
  const pods = cluster.podsPerNode;
  return addressBits(family) - bitsFor(Math.max(2 * pods, pods + ADDRESSES_LOST_ON_A_NODE));
}

/**
 * Pods of a node that take no address of its pod CIDR, at the least: kube-proxy (or what replaces it) and the agent of the
 * network plugin are in the network of the host. kubelet counts them among its `maxPods` all the same.
 */
const HOST_NETWORK_PODS = 2;

/** Whether a node with that many pods, those in the network of the host included, can run with such a pod CIDR at all. */
export function maskHoldsPods(family: IpFamily, mask: number, pods: number): boolean {
  return podsOfMask(family, mask) + HOST_NETWORK_PODS >= pods;
}

/** How many pods a node's pod CIDR holds under host-local. */
export function podsOfMask(family: IpFamily, mask: number): number {
  return 2 ** (addressBits(family) - mask) - ADDRESSES_LOST_ON_A_NODE;
}

/** The largest service range the cluster accepts, in host bits. From 1.35 on only the prefix length of IPv6 is bounded. */
export function maxServiceHostBits(version: KubernetesVersion | null, family: IpFamily): number {
  if (version === null || !isAtLeast(version, 1, 35)) return MAX_SERVICE_HOST_BITS;
  return family === 'IPv4' ? addressBits(family) : MAX_IPV6_SERVICE_HOST_BITS;
}

/** Addresses of a service range that a Service can have: never the network address, and in IPv4 never the broadcast address. */
export function usableServices(family: IpFamily, hostBits: number): number {
  return 2 ** hostBits - (family === 'IPv4' ? 2 : 1);
}

/** A size: the host bits that are needed and why. */
export interface Size {
  readonly hostBits: number;
  readonly reason: string;
}

/** The size of the range that the counts of a cluster ask for in one role. `count` is the role's own, at least 1. */
export function sizeOf(cluster: ClusterSpec, role: Role, family: IpFamily, count: number): Size {
  const needed = withHeadroom(count, cluster.headroom);
  switch (role) {
    case 'pods': {
      const mask = nodeMask(cluster, family);
      const hostBits = addressBits(family) - mask + bitsFor(needed);
      return {
        hostBits: Math.max(hostBits, MIN_CLUSTER_HOST_BITS),
        reason: `${asked(role, count, cluster.headroom)} of /${mask} each`,
      };
    }
    case 'services':
      return {
        hostBits: serviceHostBits(family, needed + SERVICES_OF_EVERY_CLUSTER),
        reason: `${asked(role, count, cluster.headroom)} and the ${SERVICES_OF_EVERY_CLUSTER} of every cluster`,
      };
    case 'loadBalancers':
      return {
        hostBits: bitsFor(needed),
        reason: asked(role, count, cluster.headroom),
      };
  }
}

function serviceHostBits(family: IpFamily, needed: number): number {
  const unusable = family === 'IPv4' ? 2 : 1;
  return Math.max(bitsFor(needed + unusable), family === 'IPv4' ? MIN_CLUSTER_HOST_BITS : IPV6_SERVICE_HOST_BITS);
}

/** What a cluster asks for in one role, as it is compared with ranges: node blocks, Services with the two of every cluster, addresses. */
export function demandOf(role: Role, count: number, headroom = 1): number {
  return withHeadroom(count, headroom) + (role === 'services' ? SERVICES_OF_EVERY_CLUSTER : 0);
}

/** `400 nodes (200 × headroom 2)`. */
export function asked(role: Role, count: number, headroom: number): string {
  const [singular, plural] = ROLE_NOUNS[role];
  return `${counted(withHeadroom(count, headroom), singular, plural)}${product(count, headroom)}`;
}

/** What is counted in a role, one and many. */
export const ROLE_NOUNS: Readonly<Record<Role, readonly [string, string]>> = {
  pods: ['node', 'nodes'],
  services: ['service', 'services'],
  loadBalancers: ['load balancer address', 'load balancer addresses'],
};

function product(count: number, headroom: number): string {
  return headroom === 1 ? '' : ` (${count} × headroom ${headroom})`;
}

function counted(count: number, singular: string, plural: string): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

function isAtLeast(version: KubernetesVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}
