import { buddyOf, IP_FAMILIES, rangeOfCidr, type AddressRange, type Cidr, type IpFamily } from '../address';
import type { SizedClaim } from './claims';
import { growthOf } from './grow';
import { arenaOf, type Holding } from './holdings';
import { placeClaims, sortOpenClaims, type OpenClaim, type PlacementRequest, type Shortage } from './place';
import { AVOIDED_RANGES } from './range-conflicts';
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

/** Claims of one family that compete for the same free blocks and do not all fit. */
export interface FamilyShortage {
  readonly family: IpFamily;
  readonly shortage: Shortage;
}

/** Places new claims, each family by itself. */
export function placeNew(
  claims: readonly SizedClaim[],
  situation: NewSituation,
): { placed: PlacedClaim[]; shortages: FamilyShortage[] } {
  const claimOf = new Map(claims.map((claim) => [claim.key, claim]));
  const placed: PlacedClaim[] = [];
  const shortages: FamilyShortage[] = [];
  for (const family of IP_FAMILIES) {
    const open = claims.filter((claim) => claim.family === family);
    if (open.length === 0) continue;
    const placement = placeClaims(placementRequest(family, open, situation));
    for (const [key, cidr] of placement.placed) placed.push({ claim: known(claimOf, key), cidr });
    for (const shortage of placement.shortages) shortages.push({ family, shortage });
  }
  return { placed, shortages };
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

function known(claims: ReadonlyMap<string, SizedClaim>, key: string): SizedClaim {
  const claim = claims.get(key);
  if (claim === undefined) throw new Error(`invariant: ${key} was placed and is no claim`);
  return claim;
}
