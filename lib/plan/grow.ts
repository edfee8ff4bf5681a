import { addressBits, formatCidr, parentOf, rangeOfCidr, type AddressRange, type Cidr } from '../address';
import { finding, type Finding, type Related } from '../finding/finding';
import type { SizedClaim } from './claims';
import type { LockedClaim } from './held-by-lock';
import { arenaOf, lockHolding, type Holding } from './holdings';
import { type Arena, isOwn } from './place';
import { describeClaim, mayOverlap, type RangeClaim } from './range-conflicts';
import { indexRanges, overlapping } from './range-index';
import { LOCK_GROW } from './rules';
import { MAX_MASK_DIFFERENCE, maxServiceHostBits, nodeMask } from './sizing';
import type { Growth, Role } from './spec';
import { supernetOf } from './supernets';

/** Where a claim that cannot grow in place goes when these keys are renumbered. */
export interface Move {
  readonly keys: readonly string[];
  readonly destination: Cidr;
}

/** Whether a range of that length should be able to double in place. Never where Kubernetes takes no range of twice the size. */
export function growthOf({ cluster, role, family }: SizedClaim, prefix: number): Growth {
  if (role === 'loadBalancers' || prefix === 0) return 'none';
  const doubles =
    role === 'pods'
      ? nodeMask(cluster, family) - prefix < MAX_MASK_DIFFERENCE
      : addressBits(family) - prefix < maxServiceHostBits(cluster.kubernetesVersion, family);
  return doubles ? cluster.growth : 'none';
}

/** What each claim that keeps room would have if it doubled in place now, by key; a claim whose room is taken is absent. */
export function roomsToGrow(
  claims: readonly { readonly claim: SizedClaim; readonly cidr: Cidr }[],
  holdings: readonly Holding[],
  supernets: readonly Cidr[],
): Map<string, Cidr> {
  const competitors = indexByArena(holdings);
  const rooms = new Map<string, Cidr>();
  for (const { claim, cidr } of claims) {
    if (growthOf(claim, cidr.prefix) === 'none') continue;
    const room = parentOf(cidr);
    if (supernetOf(supernets, room) === null) continue;
    const overlapping = competitors(arenaOf(claim.cluster, claim.role), rangeOfCidr(room));
    // The claim's own range is one of them.
    if (overlapping.next().done !== true && overlapping.next().done === true) rooms.set(claim.key, room);
  }
  return rooms;
}

/** A claim that keeps its old range because the larger one around it is not free. */
export interface BlockedGrowth {
  readonly claim: SizedClaim;
  readonly cidr: Cidr;
  readonly wanted: Cidr;
  /** What stands in the way, the first few. */
  readonly blockers: readonly RangeClaim[];
}

type Outgrown = Extract<LockedClaim, { kind: 'outgrown' }>;

/**
 * Extends in place what can be extended. Two claims never race for room: the larger block around one that overlaps the larger block
 * around the other contains the other's old range, which stands in its way.
 *
 * @param holdings everything that stays, the old ranges included
 */
export function growInPlace(
  outgrown: readonly Outgrown[],
  holdings: readonly Holding[],
  supernets: readonly Cidr[],
): { extended: Map<string, Cidr>; blocked: BlockedGrowth[] } {
  const competitors = indexByArena(holdings);
  const extended = new Map<string, Cidr>();
  const blocked: BlockedGrowth[] = [];
  for (const { claim, cidr, wanted } of outgrown) {
    const blockers: RangeClaim[] = [];
    const grown = lockHolding(claim, wanted).claim;
    for (const other of competitors(arenaOf(claim.cluster, claim.role), rangeOfCidr(wanted))) {
      if (other.claim.lockKey === claim.key || mayOverlap(grown, other.claim)) continue;
      blockers.push(other.claim);
      if (blockers.length === MOST_BLOCKERS) break;
    }
    if (blockers.length === 0 && supernetOf(supernets, wanted) !== null) extended.set(claim.key, wanted);
    else blocked.push({ claim, cidr, wanted, blockers });
  }
  return { extended, blocked };
}

/** A finding for each claim that could not grow in place, with where it would go. */
export function blockedGrowthFindings(
  blocked: readonly BlockedGrowth[],
  moves: ReadonlyMap<string, Move | null>,
): Finding[] {
  return blocked.map((growth) => growthFinding(growth, moves.get(growth.claim.key)));
}

/** @param move null if it fits nowhere, undefined if that was not tried */
function growthFinding({ claim, cidr, wanted, blockers }: BlockedGrowth, move: Move | null | undefined): Finding {
  const obstacle =
    blockers.length === 0
      ? `${formatCidr(wanted)} lies in no supernet`
      : `in ${formatCidr(wanted)} ${blockers.length === 1 ? 'is' : 'are'} ${blockers.map(describeClaim).join(', ')}`;
  const keys = move?.keys ?? [claim.key];
  const flags = keys.map((key) => `--renumber ${key}`).join(' ');
  return finding(LOCK_GROW, {
    message: `${claim.key} needs a /${claim.prefix} (${claim.reason}) and cannot grow in place from ${formatCidr(cidr)}: ${obstacle}${destinationText(claim, move)}`,
    help:
      move === null
        ? 'add a supernet, give up a reservation, or ask for less'
        : `move ${keys.length === 1 ? 'it' : 'all of them'} with ${flags}, or ask for less. ${MOVING[claim.role]}. ${claim.cluster.growth === 'asked' ? '`headroom` asks for more from the start' : '`growth: true` keeps room to double in place from then on'}`,
    specPath: claim.specPath,
    related: blockers.map((blocker): Related => {
      const party = { message: describeClaim(blocker), object: null, origin: null };
      return blocker.specPath === undefined ? party : { ...party, specPath: blocker.specPath };
    }),
  });
}

function destinationText(claim: SizedClaim, move: Move | null | undefined): string {
  if (move === undefined) return '';
  if (move === null) return `; and there is no free /${claim.prefix} to move to`;
  return `; and it would move to ${formatCidr(move.destination)}`;
}

/** What it means that the range of a running cluster moves. */
const MOVING: Readonly<Record<Role, string>> = {
  pods: 'On a running cluster every pod gets a new address, node by node: PodNetworkMigration of docs/migration.md writes the steps',
  services:
    'On a running cluster a second range moves nothing: ServiceRangeExtension of docs/migration.md (Kubernetes 1.33); otherwise every Service gets a new address',
  loadBalancers:
    'On a running cluster every load balancer gets a new address: LoadBalancerRangeChange of docs/migration.md writes the steps',
};

const MOST_BLOCKERS = 3;

/**
 * Looks up what overlaps a range and competes with an arena. Arenas that share addresses have an index of their own, so that many
 * isolated clusters in one place cost no more than one.
 */
function indexByArena(holdings: readonly Holding[]): (arena: Arena, range: AddressRange) => Generator<Holding> {
  const byArena = new Map<Arena, Holding[]>();
  for (const holding of holdings) {
    const group = byArena.get(holding.arena);
    if (group === undefined) byArena.set(holding.arena, [holding]);
    else group.push(holding);
  }
  const indexes = new Map([...byArena].map(([arena, group]) => [arena, indexRanges(group, rangeOf)]));
  const all = indexRanges(holdings, rangeOf);
  const unrouted = indexRanges(
    holdings.filter((holding) => isOwn(holding.arena)),
    rangeOf,
  );
  return function* (arena, range) {
    if (arena === 'everyone' || arena === 'loadBalancers') {
      yield* overlapping(all, range);
      return;
    }
    const others = isOwn(arena)
      ? (['everyone', 'loadBalancers', 'shared', arena] as const)
      : (['everyone', 'loadBalancers', arena] as const);
    for (const other of others) {
      const index = indexes.get(other);
      if (index !== undefined) yield* overlapping(index, range);
    }
    if (arena === 'shared') yield* overlapping(unrouted, range);
  };
}

function rangeOf({ claim }: Holding): AddressRange {
  return claim.range;
}
