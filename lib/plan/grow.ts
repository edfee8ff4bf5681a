import { formatCidr, rangeOfCidr, type AddressRange, type Cidr } from '../address';
import { finding, type Finding, type Related } from '../finding/finding';
import type { SizedClaim } from './claims';
import type { LockedClaim } from './held-by-lock';
import { arenaOf, type Holding } from './holdings';
import type { Arena } from './place';
import { describeClaim, type RangeClaim } from './range-conflicts';
import { indexRanges, overlapping } from './range-index';
import { LOCK_GROW } from './rules';
import { supernetOf } from './supernets';

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
    for (const other of competitors(arenaOf(claim.cluster, claim.role), rangeOfCidr(wanted))) {
      if (other.claim.lockKey === claim.key) continue;
      blockers.push(other.claim);
      if (blockers.length === MOST_BLOCKERS) break;
    }
    if (blockers.length === 0 && supernetOf(supernets, wanted) !== null) extended.set(claim.key, wanted);
    else blocked.push({ claim, cidr, wanted, blockers });
  }
  return { extended, blocked };
}

/** @param destination where the claim would go if it moved; null if it fits nowhere */
export function growthFinding({ claim, cidr, wanted, blockers }: BlockedGrowth, destination: Cidr | null): Finding {
  const obstacle =
    blockers.length === 0
      ? `${formatCidr(wanted)} lies in no supernet`
      : `in ${formatCidr(wanted)} ${blockers.length === 1 ? 'is' : 'are'} ${blockers.map(describeClaim).join(', ')}`;
  const move =
    destination === null
      ? `and there is no free /${claim.prefix} to move to`
      : `and it would move to ${formatCidr(destination)}`;
  return finding(LOCK_GROW, {
    message: `${claim.key} needs a /${claim.prefix} (${claim.reason}) and cannot grow in place from ${formatCidr(cidr)}: ${obstacle}; ${move}`,
    help:
      destination === null
        ? 'add a supernet, give up a reservation, or ask for less'
        : `move it with --renumber ${claim.key}, which changes the addresses of the cluster, or ask for less`,
    specPath: claim.specPath,
    related: blockers.map((blocker): Related => {
      const party = { message: describeClaim(blocker), object: null, origin: null };
      return blocker.specPath === undefined ? party : { ...party, specPath: blocker.specPath };
    }),
  });
}

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
  return function* (arena, range) {
    if (arena === 'everyone' || arena === 'loadBalancers') {
      yield* overlapping(all, range);
      return;
    }
    for (const other of ['everyone', 'loadBalancers', arena] as const) {
      const index = indexes.get(other);
      if (index !== undefined) yield* overlapping(index, range);
    }
  };
}

function rangeOf({ claim }: Holding): AddressRange {
  return claim.range;
}
