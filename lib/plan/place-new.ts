import {
  buddyOf,
  cidrContains,
  IP_FAMILIES,
  parseCidr,
  rangeOfCidr,
  type AddressRange,
  type Cidr,
  type IpFamily,
} from '../address';
import type { SizedClaim } from './claims';
import { growthOf } from './grow';
import { arenaOf, type Holding, newHolding } from './holdings';
import { placeClaims, sortOpenClaims, type OpenClaim, type PlacementRequest, type Shortage } from './place';
import { AVOIDED_RANGES } from './range-conflicts';
import { indexRanges, overlapsAny } from './range-index';
import { ROLES, type RoutedRole, type Supernet } from './spec';
import { supernetOf } from './supernets';

/** A claim and the range it has. */
export interface PlacedClaim {
  readonly claim: SizedClaim;
  readonly cidr: Cidr;
}

/** The part of a plan that is decided when the new claims are placed. */
export interface NewSituation {
  /** Sorted and disjoint. */
  readonly supernets: readonly Supernet[];
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
    let open = claims.filter((claim) => claim.family === family);
    if (open.length === 0) continue;
    const supernets = situation.supernets.filter(({ cidr }) => cidr.family === family);
    const standing = [...situation.standing];
    let left: readonly Shortage[] = [];
    for (const { space, isFor } of spacesOf(supernets)) {
      const wanting = open.filter(isFor);
      if (wanting.length === 0 || (space.length === 0 && left.length > 0)) continue;
      const request = placementRequest(family, wanting, { space, situation: { ...situation, standing } });
      const placement = placeClaims(request);
      for (const [key, cidr] of placement.placed) {
        const claim = known(claimOf, key);
        placed.push({ claim, cidr });
        standing.push(newHolding(claim, cidr));
      }
      open = open.filter(({ key }) => !placement.placed.has(key));
      left = placement.shortages;
    }
    for (const shortage of left) shortages.push({ family, shortage });
  }
  return { placed, shortages };
}

/** Supernets that some roles take from before they take from those for all. */
interface Space {
  readonly space: readonly Cidr[];
  readonly isFor: (claim: SizedClaim) => boolean;
}

/**
 * Those for few roles first, those for all at the end. Pods and Services go into shared address space (RFC 6598) where somebody gave it: it
 * is not routed outside, and spares what is.
 */
function spacesOf(supernets: readonly Supernet[]): readonly Space[] {
  const own = supernets.filter(({ roles }) => roles !== undefined);
  const byRoles = new Map<string, { roles: ReadonlySet<RoutedRole>; space: Cidr[] }>();
  const add = (roles: ReadonlySet<RoutedRole>, cidr: Cidr): void => {
    const key = ROLES.filter((role) => roles.has(role)).join();
    const group = byRoles.get(key) ?? { roles, space: [] };
    byRoles.set(key, group);
    group.space.push(cidr);
  };
  for (const { cidr, roles } of own) if (roles !== undefined) add(roles, cidr);
  const general = supernets.filter(({ roles }) => roles === undefined).map(({ cidr }) => cidr);
  const unrouted = general.filter((cidr) => cidrContains(SHARED_ADDRESS_SPACE, cidr));
  for (const cidr of unrouted.length < general.length ? unrouted : []) add(INSIDE, cidr);
  const few = [...byRoles.values()].sort((a, b) => a.roles.size - b.roles.size);
  return [
    ...few.map(({ roles, space }): Space => ({ space, isFor: ({ role }) => roles.has(role) })),
    ...(unrouted.length === 0 || unrouted.length === general.length
      ? []
      : [{ space: general.filter((cidr) => !unrouted.includes(cidr)), isFor: (): boolean => true }]),
    { space: general, isFor: () => true },
  ];
}

const INSIDE: ReadonlySet<RoutedRole> = new Set(['pods', 'services']);
const SHARED_ADDRESS_SPACE = parseCidr('100.64.0.0/10');

function placementRequest(
  family: IpFamily,
  claims: readonly SizedClaim[],
  { space, situation }: { readonly space: readonly Cidr[]; readonly situation: NewSituation },
): PlacementRequest {
  return {
    family,
    supernets: space,
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
    // A supernet inside of such space is a choice.
    avoid: AVOIDED_RANGES.filter(
      (range) => range.family === family && !space.some((cidr) => covers(range, rangeOfCidr(cidr))),
    ),
    held: growthRooms(family, situation),
  };
}

/** The free buddies of the ranges that should be able to double in place. */
function growthRooms(family: IpFamily, { kept, supernets: written, standing }: NewSituation): PlacementRequest['held'] {
  const supernets = written.map(({ cidr }) => cidr);
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

function covers(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

function known(claims: ReadonlyMap<string, SizedClaim>, key: string): SizedClaim {
  const claim = claims.get(key);
  if (claim === undefined) throw new Error(`invariant: ${key} was placed and is no claim`);
  return claim;
}
