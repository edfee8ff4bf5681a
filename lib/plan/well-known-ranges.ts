import { parseCidr, type Cidr } from '../address';
import type { RangeRole } from './spec';

/** A block that something puts its own network into unless it is told otherwise. */
export interface WellKnownRange {
  readonly cidr: Cidr;
  /** Who takes it, and for what. */
  readonly owner: string;
  /** What somebody who meets the clash can do. */
  readonly remedy: string;
  /** The roles it bites whatever the cluster is configured with. */
  readonly roles: readonly RangeRole[];
  /** The roles it bites where no pod range is configured, so that the CNI takes its own. */
  readonly rolesWithoutPods: readonly RangeRole[];
}

/** A CNI's own pod pool bites a service range wherever the CNI runs with its defaults, other ranges only if no pod range replaces the pool. */
const POD_POOL = { roles: ['services'], rolesWithoutPods: ['nodes', 'loadBalancers'] } as const;

/**
 * Defaults that break clusters in practice. Not in the table, because a warning would be noise more often than help:
 * the user-defined networks of Docker (172.18.0.0/16 and up, made on demand around what is in use), Cilium's 10.0.0.0/8 (half of all clusters live in it),
 * service ranges of distributions and clouds (10.96.0.0/12, 10.43.0.0/16, 10.100.0.0/16, 172.20.0.0/16, 172.30.0.0/16: a cluster elsewhere may have them).
 */
export const WELL_KNOWN_RANGES: readonly WellKnownRange[] = [
  {
    cidr: parseCidr('172.17.0.0/16'),
    owner: 'the default bridge of Docker (docker0)',
    remedy: 'choose another range, or set "bip" in /etc/docker/daemon.json on every node and build host',
    roles: ['pods', 'services', 'nodes', 'loadBalancers'],
    rolesWithoutPods: [],
  },
  {
    cidr: parseCidr('172.31.0.0/16'),
    owner: 'the default VPC of every AWS region',
    remedy:
      'choose another range: hosts in a default VPC could not be reached from the cluster, and AKS refuses this range',
    roles: ['pods', 'services', 'loadBalancers'],
    rolesWithoutPods: [],
  },
  {
    cidr: parseCidr('192.168.0.0/16'),
    owner: 'the default IP pool of Calico',
    remedy: 'choose another range, or give the Calico IP pool explicitly',
    ...POD_POOL,
  },
  {
    cidr: parseCidr('10.244.0.0/16'),
    owner: 'the default pod network of Flannel',
    remedy: 'choose another range, or give the Network of Flannel explicitly',
    ...POD_POOL,
  },
  {
    cidr: parseCidr('10.42.0.0/16'),
    owner: 'the default pod network of k3s and RKE2',
    remedy: 'choose another range, or give cluster-cidr explicitly',
    ...POD_POOL,
  },
];
