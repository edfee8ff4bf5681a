import { buddyOf, IP_FAMILIES, rangeOfCidr, type AddressRange, type Cidr, type IpFamily } from '../address';
import type { Finding } from '../finding/finding';
import type { SizedClaim } from './claims';
import { growthFinding, growthOf, type BlockedGrowth } from './grow';
import { arenaOf, type Holding } from './holdings';
import { compareHolders, noSpaceFindings } from './no-space';
import { compete, placeClaims, sortOpenClaims, type OpenClaim, type PlacementRequest, type Shortage } from './place';
import { AVOIDED_RANGES, type RangeClaim } from './range-conflicts';
import { indexRanges, overlapsAny } from './range-index';
import { supernetOf } from './supernets';

/** A claim and the range it has. */
export interface PlacedClaim {
  readonly claim: SizedClaim;
  readonly cidr: Cidr;
}

/** The part of a plan that is decided when the new claims are placed. */
export interface NewSituation {
  /** Sorted and disjoint. */
  readonly supernets: readonly Cidr[];
  /** Everything that stays where it is. */
  readonly standing: readonly Holding[];
  /** The claims that keep a range of the lock. */
  readonly kept: readonly PlacedClaim[];
}

/** Places new claims, each family by itself, and says of those that do not fit why. */
export function placeNew(
  claims: readonly SizedClaim[],
  situation: NewSituation,
): { placed: PlacedClaim[]; findings: Finding[] } {
  const claimOf = new Map(claims.map((claim) => [claim.key, claim]));
  const placed: PlacedClaim[] = [];
  const findings: Finding[] = [];
  for (const family of IP_FAMILIES) {
    const open = claims.filter((claim) => claim.family === family);
    if (open.length === 0) continue;
    const placement = placeClaims(placementRequest(family, open, situation));
    for (const [key, cidr] of placement.placed) placed.push({ claim: known(claimOf, key), cidr });
    if (placement.shortages.length === 0) continue;
    const holders = holdersIn(family, situation);
    for (const shortage of placement.shortages) {
      const claimsOf = (open: OpenClaim): SizedClaim => known(claimOf, open.key);
      for (const problem of noSpaceFindings(family, shortage, claimsOf, competingHolders(holders, shortage))) {
        findings.push(problem);
      }
    }
  }
  return { placed, findings };
}

/** Findings for the claims that could not grow in place, each with where it would go if all of them moved. */
export function blockedGrowthFindings(blocked: readonly BlockedGrowth[], situation: NewSituation): Finding[] {
  if (blocked.length === 0) return [];
  const { placed } = placeNew(
    blocked.map(({ claim }) => claim),
    situation,
  );
  const destinations = new Map(placed.map(({ claim, cidr }) => [claim.key, cidr]));
  return blocked.map((growth) => growthFinding(growth, destinations.get(growth.claim.key) ?? null));
}

function placementRequest(family: IpFamily, claims: readonly SizedClaim[], situation: NewSituation): PlacementRequest {
  return {
    family,
    supernets: situation.supernets.filter((supernet) => supernet.family === family),
    taken: situation.standing
      .filter(({ claim }) => claim.range.family === family)
      .map(({ arena, claim }) => ({ arena, range: claim.range })),
    claims: sortOpenClaims(
      claims.map((claim): OpenClaim => ({
        key: claim.key,
        arena: arenaOf(claim.cluster, claim.role),
        prefix: claim.prefix,
        growth: growthOf(claim, claim.prefix),
      })),
    ),
    avoid: AVOIDED_RANGES.filter((range) => range.family === family),
    held: growthRooms(family, situation),
  };
}

/** The free buddies of the ranges that should be able to double in place. */
function growthRooms(family: IpFamily, { kept, supernets, standing }: NewSituation): PlacementRequest['held'] {
  const rooms = { asked: [] as AddressRange[], ample: [] as AddressRange[] };
  const index = indexRanges(standing, ({ claim }) => claim.range);
  for (const { claim, cidr } of kept) {
    const growth = growthOf(claim, cidr.prefix);
    if (claim.family !== family || growth === 'none') continue;
    const buddy = buddyOf(cidr);
    if (supernetOf(supernets, buddy) === null || overlapsAny(index, rangeOfCidr(buddy))) continue;
    rooms[growth].push(rangeOfCidr(buddy));
  }
  return rooms;
}

/** What takes space in the supernets of the family, the largest first. */
function holdersIn(family: IpFamily, { standing, supernets }: NewSituation): Holding[] {
  const inside = indexRanges(supernets, rangeOfCidr);
  return standing
    .filter(({ claim }) => claim.range.family === family && overlapsAny(inside, claim.range))
    .sort((a, b) => compareHolders(a.claim, b.claim));
}

/** Lazily, because only the first few are looked at. */
function* competingHolders(holders: readonly Holding[], shortage: Shortage): Generator<RangeClaim> {
  const arenas = [...new Set(shortage.unplaced.map(({ arena }) => arena))];
  for (const { arena, claim } of holders) if (arenas.some((other) => compete(other, arena))) yield claim;
}

function known(claims: ReadonlyMap<string, SizedClaim>, key: string): SizedClaim {
  const claim = claims.get(key);
  if (claim === undefined) throw new Error(`invariant: ${key} was placed and is no claim`);
  return claim;
}
