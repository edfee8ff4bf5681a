import { rangeOfCidr, type Cidr } from '../address';
import type { PinnedRange, SizedClaim } from './claims';
import type { Arena } from './place';
import { UNUSABLE_RANGES, type RangeClaim } from './range-conflicts';
import type { ClusterSpec, Reservation, Role } from './spec';

/** A range that somebody has, with the arena it competes in. */
export interface Holding {
  readonly arena: Arena;
  readonly claim: RangeClaim;
}

export function arenaOf(cluster: ClusterSpec, role: Role): Arena {
  if (!cluster.routed.has(role) || (cluster.isolated && role !== 'loadBalancers')) return ownArena(cluster);
  return role === 'loadBalancers' ? 'loadBalancers' : 'shared';
}

function ownArena({ name, isolated }: ClusterSpec): Arena {
  return isolated ? `isolated/${name}` : `own/${name}`;
}

export function reservationHoldings({ owner, ranges }: Reservation): Holding[] {
  return ranges.map(({ range, specPath }) => ({
    arena: 'everyone',
    claim: { owner: `reservation ${owner}`, cluster: null, role: 'reservation', range, specPath },
  }));
}

export function nodeHoldings(cluster: ClusterSpec): Holding[] {
  return cluster.nodeNetwork.map(({ cidr, specPath }) => ({
    arena: cluster.routed.has('nodes') ? 'everyone' : ownArena(cluster),
    claim: {
      owner: `cluster ${cluster.name}`,
      cluster: cluster.name,
      isolated: cluster.isolated,
      unrouted: !cluster.routed.has('nodes'),
      role: 'nodes',
      range: rangeOfCidr(cidr),
      specPath,
    },
  }));
}

export function pinHolding({ cluster, role, cidr, specPath }: PinnedRange): Holding {
  return roleHolding(cluster, role, { range: rangeOfCidr(cidr), specPath });
}

export function extraServiceHoldings(cluster: ClusterSpec): Holding[] {
  return cluster.extraServiceCidrs.map(({ cidr, specPath }) =>
    roleHolding(cluster, 'services', { range: rangeOfCidr(cidr), specPath }),
  );
}

/** A range that the lock holds. */
export function lockHolding({ cluster, role, key, specPath }: SizedClaim, cidr: Cidr): Holding {
  return roleHolding(cluster, role, { range: rangeOfCidr(cidr), specPath, lockKey: key });
}

/** A range that this plan gives. */
export function newHolding({ cluster, role, specPath }: SizedClaim, cidr: Cidr): Holding {
  return roleHolding(cluster, role, { range: rangeOfCidr(cidr), specPath });
}

/** What nobody can have. */
export const UNUSABLE_HOLDINGS: readonly Holding[] = UNUSABLE_RANGES.map((range) => ({
  arena: 'everyone',
  claim: { owner: 'special-purpose space', cluster: null, role: 'reservation', range },
}));

function roleHolding(
  cluster: ClusterSpec,
  role: Role,
  rest: Pick<RangeClaim, 'range' | 'specPath' | 'lockKey'>,
): Holding {
  return {
    arena: arenaOf(cluster, role),
    claim: {
      owner: `cluster ${cluster.name}`,
      cluster: cluster.name,
      isolated: cluster.isolated,
      unrouted: !cluster.routed.has(role),
      role,
      ...rest,
    },
  };
}
