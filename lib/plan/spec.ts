import type { AddressRange, Cidr, IpFamily, PortRange } from '../address';
import type { SpecPath } from '../finding/finding';

/** What an address range of a cluster is for, as it stands in allocation keys. */
export type Role = 'pods' | 'services' | 'loadBalancers';

/** What a range is for: a role of a cluster, its node network, or a reservation of somebody else. */
export type RangeRole = Role | 'nodes' | 'reservation';

export const ROLES: readonly Role[] = ['pods', 'services', 'loadBalancers'];

/** What may be routed between clusters: the addresses of their roles, and those of their nodes. */
export type RoutedRole = Role | 'nodes';

export const ROUTED_ROLES: readonly RoutedRole[] = [...ROLES, 'nodes'];

/**
 * How new claims are placed: each into the smallest free block that holds it, so that large blocks survive.
 * - `best-fit`: next to each other.
 * - `growth`: with room to double in place, as far as space lasts. See {@link Growth}.
 */
export type Strategy = 'best-fit' | 'growth';

export const STRATEGIES: readonly Strategy[] = ['best-fit', 'growth'];

/**
 * Whether the buddies of a cluster's pod and service ranges stay free, so that the ranges can double in place.
 * - `asked`: while space lasts. Given up last.
 * - `ample`: while space is ample. Nothing was said, and a running cluster grows more often than it is renumbered.
 * - `none`: no.
 */
export type Growth = 'asked' | 'ample' | 'none';

/** A CIDR and where in the spec it was written. */
export interface SpecCidr {
  readonly cidr: Cidr;
  readonly specPath: SpecPath;
}

/** A range to allocate from. */
export interface Supernet extends SpecCidr {
  /** The roles that it is for; undefined for all. */
  readonly roles: ReadonlySet<RoutedRole> | undefined;
}

/** A range and where in the spec it was written. */
export interface SpecRange {
  readonly range: AddressRange;
  readonly specPath: SpecPath;
}

/** Address space that somebody else owns: never allocated from. */
export interface Reservation {
  readonly owner: string;
  readonly ranges: readonly SpecRange[];
}

/** A Kubernetes minor version, such as 1.33. */
export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
}

/** A count of the spec; `null` where it is not given. */
export type Count = number | null;

/** One cluster of a fleet with every default filled in. A role has a claim if its count or its ranges are given. */
export interface ClusterSpec {
  readonly name: string;
  /** One or two, the first is primary. */
  readonly families: readonly IpFamily[];
  readonly kubernetesVersion: KubernetesVersion | null;
  readonly nodes: Count;
  readonly podsPerNode: number;
  readonly services: Count;
  /** 0 asks for no load balancer range. */
  readonly loadBalancers: Count;
  /** Multiplies nodes, services and loadBalancers; at least 1, may be fractional. */
  readonly headroom: number;
  /** Where the nodes live, if known. */
  readonly nodeNetwork: readonly SpecCidr[];
  readonly podCidrs: readonly SpecCidr[];
  readonly serviceCidrs: readonly SpecCidr[];
  readonly loadBalancerCidrs: readonly SpecCidr[];
  /** Ranges that ServiceCIDR objects add to the service CIDRs. */
  readonly extraServiceCidrs: readonly SpecCidr[];
  /** Roles whose ranges were given, even if none of the values could be read: they are never sized. */
  readonly explicitRoles: ReadonlySet<Role>;
  /** Explicit roles of which a value could not be read: what they lack proves nothing. */
  readonly incompleteRoles: ReadonlySet<Role>;
  /** Prefix length of the pod CIDR of a node, where it is given. */
  readonly nodeCidrMaskSize: Readonly<Partial<Record<IpFamily, number>>>;
  readonly clusterDomain: string;
  /**
   * The roles whose addresses leave the cluster: no other cluster may have such an address. Ranges of the others may repeat from cluster
   * to cluster, as long as they meet nothing that is routed.
   */
  readonly routed: ReadonlySet<RoutedRole>;
  /** Never connected to the other clusters: may reuse their pod and service ranges. */
  readonly isolated: boolean;
  readonly nodePortRange: PortRange;
  readonly growth: Growth;
}

/** A fleet as {@link readFleetSpec} understood it: sorted, with every default filled in. */
export interface FleetSpec {
  readonly supernets: readonly Supernet[];
  /** False if a supernet could not be read: what does not fit then proves nothing. */
  readonly supernetsComplete: boolean;
  readonly reserved: readonly Reservation[];
  /** Sorted by name. */
  readonly clusters: readonly ClusterSpec[];
}

/** The key of a role's count in the spec of a cluster. */
export const COUNT_KEYS = { pods: 'nodes', services: 'services', loadBalancers: 'loadBalancers' } as const;

/** The key of a role's explicit ranges in the spec of a cluster. */
export const RANGE_KEYS = { pods: 'podCidrs', services: 'serviceCidrs', loadBalancers: 'loadBalancerCidrs' } as const;
