import { addressSet, difference, formatCidr, rangeOfCidr, rangeToCidrs, type Cidr } from '../address';
import { compareFindings, compareText, type Finding } from '../finding/finding';
import type { PinnedRange, SizedClaim } from './claims';
import { clusterPlan, type ClusterRange } from './cluster-plan';
import { checkExplicitRanges, holdsOf } from './explicit-ranges';
import type { Allocation, FleetPlan, FreeSpace, PlanOptions } from './fleet-plan';
import { blockedGrowthFindings, roomsToGrow } from './grow';
import { UNUSABLE_HOLDINGS, type Holding } from './holdings';
import { layOut, type Layout } from './layout';
import type { Lock } from './lock';
import { nextLock } from './next-lock';
import { noSpaceFindings } from './no-space';
import type { PlacedClaim } from './place-new';
import {
  findMisplacedAllocations,
  findMisplacedRanges,
  findMisplacedSupernets,
  findRangeConflicts,
  type RangeClaim,
} from './range-conflicts';
import { tooSmallRanges } from './range-too-small';
import { COUNT_KEYS, type FleetSpec } from './spec';
import { freeBySupernet, freeSpace, supernetOf } from './supernets';
import { changesThatFit, waysToMove, type Trial } from './what-would-fit';

/**
 * Plans the addresses of a fleet. Pure, and independent of the order in which anything is declared.
 *
 * Explicit ranges come first, then what the lock holds, then new claims from the largest down, each into the smallest free block that
 * holds it. A claim without a place is a finding; the others are placed all the same. What the lock holds never moves unless
 * `options.renumber` names it; a claim that grew is extended in place where the larger block around it is free.
 *
 * An isolated cluster shares pod and service addresses with other clusters, and nothing else: its own ranges, reservations, node
 * networks and the load balancer ranges of all clusters stay disjoint from them.
 */
export function planAddresses(spec: FleetSpec, lock: Lock, options: PlanOptions = {}): FleetPlan {
  const renumber = options.renumber ?? new Set<string>();
  const layout = layOut(spec, lock, renumber);
  const { supernets, sized, claims, pinned, kept, placed, standing, added } = layout;
  const allocated = rangesByCluster([...kept, ...placed]);
  const rooms = roomsToGrow([...kept, ...placed], [...UNUSABLE_HOLDINGS, ...standing, ...added], supernets);
  const allocations = allocationsOf(pinned, kept, placed, rooms);
  const unserved = [...unservedKeys(claims, kept, placed), ...sized.flatMap(({ impossible }) => impossible)];
  const next = nextLock(lock, allocations, pinned, unserved, options.otherClusters);
  const findings = [
    ...layout.findings,
    ...findMisplacedSupernets(layout.outermost),
    ...sized.flatMap((cluster) => cluster.findings),
    ...spec.clusters.flatMap(checkExplicitRanges),
    ...spec.clusters.flatMap(tooSmallRanges),
    // Without all of the supernets nothing is known about what fits into them.
    ...(spec.supernetsComplete ? unservedFindings(spec, lock, renumber, layout) : []),
    ...findRangeConflicts(standing.map(claimOf)),
    ...findMisplacedRanges(layout.written.map(claimOf), clustersWithPods(claims, pinned)),
    ...findMisplacedAllocations([...layout.locked, ...added].map(claimOf), (claim) =>
      supernetOf(supernets, rangeToCidrs(claim.range)[0]),
    ),
  ];
  return {
    clusters: new Map(
      spec.clusters.map((cluster) => [cluster.name, clusterPlan(cluster, allocated.get(cluster.name) ?? [])]),
    ),
    allocations,
    changes: next.changes,
    free: freeSpaces(supernets, [...UNUSABLE_HOLDINGS, ...standing, ...added]),
    findings: findings.sort(compareFindings),
    lock: next.lock,
  };
}

function unservedFindings(spec: FleetSpec, lock: Lock, renumber: ReadonlySet<string>, layout: Layout): Finding[] {
  const trial: Trial = { spec, lock, renumber, layout };
  return [
    ...noSpaceFindings(layout, changesThatFit(trial)),
    ...blockedGrowthFindings(layout.blocked, waysToMove(trial)),
  ];
}

function rangesByCluster(claims: readonly PlacedClaim[]): Map<string, ClusterRange[]> {
  const ranges = new Map<string, ClusterRange[]>();
  for (const { claim, cidr } of claims) {
    const range = { role: claim.role, cidr };
    const others = ranges.get(claim.cluster.name);
    if (others === undefined) ranges.set(claim.cluster.name, [range]);
    else others.push(range);
  }
  return ranges;
}

function allocationsOf(
  pinned: readonly PinnedRange[],
  kept: readonly PlacedClaim[],
  placed: readonly PlacedClaim[],
  rooms: ReadonlyMap<string, Cidr>,
): Allocation[] {
  const allocations = [
    ...pinned.map(({ key, cidr, reason }): Allocation => ({ key, cidr: formatCidr(cidr), state: 'pinned', reason })),
    ...kept.map(({ claim, cidr }): Allocation => ({
      key: claim.key,
      cidr: formatCidr(cidr),
      state: 'locked',
      reason: withRoom(lockedReason(claim, cidr), claim, rooms),
    })),
    ...placed.map(({ claim, cidr }): Allocation => ({
      key: claim.key,
      cidr: formatCidr(cidr),
      state: 'new',
      reason: withRoom(claim.reason, claim, rooms),
    })),
  ];
  return allocations.sort((a, b) => compareText(a.key, b.key) || compareText(a.cidr, b.cidr));
}

function lockedReason(claim: SizedClaim, cidr: Cidr): string {
  if (cidr.prefix === claim.prefix) return claim.reason;
  return `${claim.reason}: a /${claim.prefix}, and the lock holds ${cidr.prefix < claim.prefix ? 'more' : 'less'}`;
}

function withRoom(reason: string, claim: SizedClaim, rooms: ReadonlyMap<string, Cidr>): string {
  const room = rooms.get(claim.key);
  if (room === undefined) return reason;
  return `${reason}; room for ${holdsOf(claim.cluster, claim.role, room)} ${COUNT_KEYS[claim.role]}`;
}

function unservedKeys(
  claims: readonly SizedClaim[],
  kept: readonly PlacedClaim[],
  placed: readonly PlacedClaim[],
): string[] {
  if (kept.length + placed.length === claims.length) return [];
  const served = new Set([...kept, ...placed].map(({ claim }) => claim.key));
  return claims.flatMap(({ key }) => (served.has(key) ? [] : [key]));
}

function clustersWithPods(claims: readonly SizedClaim[], pinned: readonly PinnedRange[]): Set<string | null> {
  const names = new Set<string | null>();
  for (const { role, cluster } of claims) if (role === 'pods') names.add(cluster.name);
  for (const { role, cluster } of pinned) if (role === 'pods') names.add(cluster.name);
  return names;
}

function freeSpaces(supernets: readonly Cidr[], holdings: readonly Holding[]): FreeSpace[] {
  const free = difference(addressSet(supernets.map(rangeOfCidr)), addressSet(holdings.map(rangeOf)));
  return [...freeBySupernet(supernets, free)].map(([supernet, cidrs]) => freeSpace(supernet, cidrs));
}

function claimOf({ claim }: Holding): RangeClaim {
  return claim;
}

function rangeOf({ claim }: Holding): RangeClaim['range'] {
  return claim.range;
}
