import { addressSet, difference, formatCidr, rangeOfCidr, rangeToCidrs, type Cidr, type IpFamily } from '../address';
import { compareFindings, compareText, finding, type Finding } from '../finding/finding';
import { pinnedRanges, sizedClaims, type PinnedRange, type SizedClaim } from './claims';
import { clusterPlan, type ClusterRange } from './cluster-plan';
import { checkExplicitRanges, holdsOf } from './explicit-ranges';
import type { Allocation, FleetPlan, FreeSpace, PlanOptions } from './fleet-plan';
import { growInPlace, roomsToGrow, type BlockedGrowth } from './grow';
import { readHeld, type LockedClaim } from './held-by-lock';
import {
  extraServiceHoldings,
  lockHolding,
  newHolding,
  nodeHoldings,
  pinHolding,
  reservationHoldings,
  UNUSABLE_HOLDINGS,
  type Holding,
} from './holdings';
import type { Lock } from './lock';
import { nextLock } from './next-lock';
import { blockedGrowthFindings, placeNew, type NewSituation, type PlacedClaim } from './place-new';
import {
  findMisplacedAllocations,
  findMisplacedRanges,
  findMisplacedSupernets,
  findRangeConflicts,
  type RangeClaim,
} from './range-conflicts';
import { FAMILY_WITHOUT_SUPERNET } from './rules';
import { COUNT_KEYS, type ClusterSpec, type FleetSpec } from './spec';
import { freeBySupernet, freeSpace, outermostSupernets, supernetOf } from './supernets';

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
  const { outermost, findings: supernetFindings } = outermostSupernets(spec.supernets);
  const supernets = outermost.map(({ cidr }) => cidr);
  const sized = spec.clusters.map(sizedClaims);
  const claims = sized.flatMap((cluster) => cluster.claims);
  const pinned = spec.clusters.flatMap(pinnedRanges);
  const written = [
    ...spec.reserved.flatMap(reservationHoldings),
    ...spec.clusters.flatMap(nodeHoldings),
    ...spec.clusters.flatMap(extraServiceHoldings),
    ...pinned.map(pinHolding),
  ];

  const renumber = options.renumber ?? new Set<string>();
  const { held, findings: lockFindings } = readHeld(claims, lock, renumber, spec.supernetsComplete ? supernets : null);
  const { kept, blocked } = keep(held, written, supernets);
  const locked = kept.map(({ claim, cidr }) => lockHolding(claim, cidr));

  const { open, findings: familyFindings } = openClaims(held, spec, supernets);
  const before = situation(supernets, [...written, ...locked], kept);
  const { placed, findings: placementFindings } = placeNew(open, before);
  const added = placed.map(({ claim, cidr }) => newHolding(claim, cidr));
  const growthFindings =
    blocked.length === 0
      ? []
      : blockedGrowthFindings(blocked, situation(supernets, [...before.standing, ...added], kept));

  const allocated = rangesByCluster([...kept, ...placed]);
  const rooms = roomsToGrow([...kept, ...placed], [...before.standing, ...added], supernets);
  const allocations = allocationsOf(pinned, kept, placed, rooms);
  const unserved = [...unservedKeys(claims, kept, placed), ...sized.flatMap(({ impossible }) => impossible)];
  const next = nextLock(lock, allocations, pinned, unserved, options.otherClusters);
  const findings = [
    ...supernetFindings,
    ...findMisplacedSupernets(outermost),
    ...sized.flatMap((cluster) => cluster.findings),
    ...spec.clusters.flatMap(checkExplicitRanges),
    ...lockFindings,
    ...familyFindings,
    // Without all of the supernets nothing is known about what fits into them.
    ...(spec.supernetsComplete ? [...placementFindings, ...growthFindings] : []),
    ...findRangeConflicts([...written, ...locked].map(claimOf)),
    ...findMisplacedRanges(written.map(claimOf), clustersWithPods(claims, pinned)),
    ...findMisplacedAllocations([...locked, ...added].map(claimOf), (claim) =>
      supernetOf(supernets, rangeToCidrs(claim.range)[0]),
    ),
  ];
  return {
    clusters: new Map(
      spec.clusters.map((cluster) => [cluster.name, clusterPlan(cluster, allocated.get(cluster.name) ?? [])]),
    ),
    allocations,
    changes: next.changes,
    free: freeSpaces(supernets, [...before.standing, ...added]),
    findings: findings.sort(compareFindings),
    lock: next.lock,
  };
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

/** The claims that stay where the lock has them, extended in place where they grew and can. */
function keep(
  held: readonly LockedClaim[],
  written: readonly Holding[],
  supernets: readonly Cidr[],
): { kept: PlacedClaim[]; blocked: BlockedGrowth[] } {
  const standing = held.flatMap((entry) => (entry.kind === 'kept' || entry.kind === 'outgrown' ? [entry] : []));
  const outgrown = standing.flatMap((entry) => (entry.kind === 'outgrown' ? [entry] : []));
  if (outgrown.length === 0) return { kept: standing, blocked: [] };
  const holdings = [...UNUSABLE_HOLDINGS, ...written, ...standing.map(({ claim, cidr }) => lockHolding(claim, cidr))];
  const { extended, blocked } = growInPlace(outgrown, holdings, supernets);
  return { kept: standing.map(({ claim, cidr }) => ({ claim, cidr: extended.get(claim.key) ?? cidr })), blocked };
}

/** The claims that need a place. One whose family has no supernet is a finding, one for each cluster and family. */
function openClaims(
  held: readonly LockedClaim[],
  spec: FleetSpec,
  supernets: readonly Cidr[],
): { open: SizedClaim[]; findings: Finding[] } {
  const families = new Set(supernets.map(({ family }) => family));
  const open = held.flatMap(({ kind, claim }) => (kind === 'open' ? [claim] : []));
  if (!spec.supernetsComplete) return { open: open.filter(({ family }) => families.has(family)), findings: [] };
  const homeless = new Map<string, SizedClaim[]>();
  for (const claim of open) {
    if (families.has(claim.family)) continue;
    const group = `${claim.cluster.name}/${claim.family}`;
    homeless.set(group, [...(homeless.get(group) ?? []), claim]);
  }
  const findings = [...homeless.values()].map(([claim, ...more]) =>
    familyWithoutSupernet(claim.cluster, claim.family, [claim, ...more]),
  );
  return { open: open.filter(({ family }) => families.has(family)), findings };
}

function familyWithoutSupernet(cluster: ClusterSpec, family: IpFamily, claims: readonly SizedClaim[]): Finding {
  return finding(FAMILY_WITHOUT_SUPERNET, {
    message: `cluster ${cluster.name} asks for ${family} addresses (${claims.map(({ role }) => COUNT_KEYS[role]).join(', ')}), and no supernet is ${family}`,
    help: `add an ${family} supernet such as ${family === 'IPv4' ? '10.0.0.0/8' : 'fd00:1234:5678::/48'}, give the ${family} ranges explicitly, or remove ${family} from the families of the cluster`,
    specPath: ['clusters', cluster.name, 'families'],
  });
}

function situation(
  supernets: readonly Cidr[],
  holdings: readonly Holding[],
  kept: readonly PlacedClaim[],
): NewSituation {
  const standing = [...UNUSABLE_HOLDINGS, ...holdings];
  return { supernets, standing, kept };
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
