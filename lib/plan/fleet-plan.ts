import type { IpFamily } from '../address';
import type { Finding } from '../finding/finding';
import type { Lock, LockChange } from './lock';

/** Where an allocation comes from: explicit in the spec, kept from the lock, or made by this plan. */
export type AllocationState = 'pinned' | 'locked' | 'new';

/** A range that a cluster has for a role. */
export interface Allocation {
  /** `cluster/role/family`; a pinned role with several ranges of one family has the same key several times. */
  readonly key: string;
  readonly cidr: string;
  readonly state: AllocationState;
  /** Why it has this size. */
  readonly reason: string;
}

/** What the ranges of a cluster hold; 0 where it has no range. */
export interface Capacity {
  /** Pod CIDRs of nodes that fit into the cluster CIDR; the smaller family counts. */
  readonly nodes: number;
  readonly podsPerNode: number;
  /** Addresses of the service CIDRs, the extra ones too, that a Service can have, the `kubernetes` and DNS Services included; the smaller family counts. */
  readonly services: number;
  /** Addresses of the load balancer ranges; the smaller family counts. */
  readonly loadBalancers: number;
}

/** The addresses of one cluster. Lists follow the cluster's families; a claim that did not fit is absent. */
export interface ClusterPlan {
  readonly families: readonly IpFamily[];
  readonly podCidrs: readonly string[];
  /** Prefix length of the pod CIDR of a node, for the families that have a cluster CIDR. */
  readonly nodeCidrMaskSize: Readonly<Partial<Record<IpFamily, number>>>;
  readonly serviceCidrs: readonly string[];
  readonly loadBalancerCidrs: readonly string[];
  /** The address at index 10 of each service CIDR, where kubeadm puts the DNS Service. */
  readonly dnsIps: readonly string[];
  readonly clusterDomain: string;
  readonly capacity: Capacity;
}

/** What is left of a supernet. */
export interface FreeSpace {
  readonly supernet: string;
  /** The maximal free blocks. */
  readonly cidrs: readonly string[];
  /** The part that is not free, 0 to 1, to six decimals. */
  readonly utilisation: number;
}

/** The answer of {@link planAddresses}. */
export interface FleetPlan {
  /** By cluster name, sorted. */
  readonly clusters: ReadonlyMap<string, ClusterPlan>;
  /** Sorted by key. */
  readonly allocations: readonly Allocation[];
  /** What the next lock changes, sorted by key. Empty if and only if the lock stays as it is. */
  readonly changes: readonly LockChange[];
  /** Sorted by supernet. */
  readonly free: readonly FreeSpace[];
  readonly findings: readonly Finding[];
  /** The next lock: the entries of this fleet's clusters, without those of single services. */
  readonly lock: Lock;
}

/** Options of {@link planAddresses}. */
export interface PlanOptions {
  /** Lock keys whose allocation may move: they are placed as if they were new. @default - none */
  readonly renumber?: ReadonlySet<string>;
  /** Clusters of other fleets that share the lock: their entries are left alone. @default - none */
  readonly otherClusters?: ReadonlySet<string>;
}
