import {
  addressBits,
  addressSet,
  cidrAt,
  difference,
  hostBits,
  rangeOfCidr,
  rangeToCidrs,
  type AddressRange,
  type Cidr,
  type IpFamily,
} from '../address';
import { compareText } from '../finding/finding';
import { freeBlocks, takeBlock, type BlocksByOrder } from './free-blocks';
import type { Growth } from './spec';
import { freeBySupernet } from './supernets';

/**
 * The address space a range competes in. Ranges of one arena are disjoint, and so are ranges of different arenas if one of the two is
 * `everyone` or `loadBalancers`.
 * - `everyone`: reservations, node networks and what no cluster may use
 * - `loadBalancers`: the load balancer ranges of all clusters
 * - `shared`: the pod and service ranges of the clusters that are connected to each other
 * - `own/NAME`: the ranges of one cluster that are not routed to others; they are disjoint from what is
 * - `isolated/NAME`: the pod and service ranges of one isolated cluster
 */
export type Arena = 'everyone' | 'loadBalancers' | 'shared' | `own/${string}` | `isolated/${string}`;

/** Whether ranges of the two arenas must be disjoint. */
export function compete(a: Arena, b: Arena): boolean {
  if (a === b || [a, b].some((arena) => arena === 'everyone' || arena === 'loadBalancers')) return true;
  return (a === 'shared' && isOwn(b)) || (b === 'shared' && isOwn(a));
}

/** Whether it is the arena of what a cluster does not route. */
export function isOwn(arena: Arena): boolean {
  return arena.startsWith('own/');
}

/** A range that stays where it is. */
export interface TakenRange {
  readonly arena: Arena;
  readonly range: AddressRange;
}

/** A claim that needs a place. */
export interface OpenClaim {
  readonly key: string;
  readonly arena: Arena;
  readonly prefix: number;
  /** Whether the buddy of the block should stay free; `none` for a block that cannot double. */
  readonly growth: Growth;
}

/** Everything that decides where the open claims of one family go. */
export interface PlacementRequest {
  readonly family: IpFamily;
  /** Sorted and disjoint, of the family. */
  readonly supernets: readonly Cidr[];
  readonly taken: readonly TakenRange[];
  /** Sorted by {@link sortOpenClaims}. */
  readonly claims: readonly OpenClaim[];
  /** Used only when the claims do not fit otherwise. */
  readonly avoid: readonly AddressRange[];
  /** Kept for the growth of what stands already; used before `avoid` is, those first for which nobody asked. */
  readonly held: Readonly<Record<Exclude<Growth, 'none'>, readonly AddressRange[]>>;
}

/** Where the claims went. */
export interface Placement {
  readonly placed: ReadonlyMap<string, Cidr>;
  readonly shortages: readonly Shortage[];
}

/** Claims that compete for the same free blocks and do not all fit. */
export interface Shortage {
  readonly unplaced: readonly OpenClaim[];
  /** All that compete, the unplaced ones included. */
  readonly competing: readonly OpenClaim[];
  /** What was free before any of them was placed. */
  readonly supply: BlocksByOrder;
  /** Not all places of the ranges that compete with it were tried, so that the shortage proves nothing. @default false */
  readonly unproven?: boolean;
}

/** The one order in which claims are placed: the largest first, then by key. */
export function sortOpenClaims(claims: readonly OpenClaim[]): OpenClaim[] {
  return [...claims].sort((a, b) => a.prefix - b.prefix || compareText(a.key, b.key));
}

/**
 * Places the claims, the largest first, each into the smallest free block that holds it.
 *
 * Complete: all claims of an arena find a place if and only if for every order k the claims of at least 2^k addresses need no more than
 * the free blocks of at least 2^k addresses hold. Taking from the smallest sufficient block leaves, for every k, as many addresses in
 * blocks of at least 2^k as any other way would, so that a claim which finds no place proves that there is none.
 * Addresses to avoid or to keep for growth are given up before a claim is.
 *
 * In a fleet with isolated clusters the load balancer ranges, which compete with everybody, are placed before all others. That is complete
 * too, unless pod or service ranges stand already: which place of a load balancer range hurts least then differs from cluster to cluster.
 * So where a claim is left over, other places of the load balancer ranges are tried, all of them or as many as the budget allows.
 */
export function placeClaims(request: PlacementRequest): Placement {
  const { avoid, held } = request;
  const wishes = [[...avoid, ...held.asked, ...held.ample], [...avoid, ...held.asked], avoid, []];
  const attempts = wishes.filter((wish, index) => index === 0 || wish.length < wishes[index - 1].length);
  for (const wish of attempts) {
    const spared: PlacementRequest = {
      ...request,
      taken: [...request.taken, ...wish.map((range) => ({ arena: 'everyone' as const, range }))],
    };
    const placement = placeAll(spared, new Set());
    if (placement.shortages.length === 0) return withGrowthRoom(spared, placement);
  }
  return placeAll(request, new Set());
}

/** Leaves the buddy free for those who asked for it, as far as space lasts, then for the others while space is ample. */
function withGrowthRoom(request: PlacementRequest, packed: Placement): Placement {
  const smallestFirst = [...request.claims].reverse();
  const asked = smallestFirst.filter(({ growth }) => growth === 'asked');
  const [served, placement] = withMostRooms(request, [], asked, packed);
  return withMostRooms(request, served, ampleRooms(request, served), placement)[1];
}

/** Doubles the longest possible beginning of `wanted` beside those that are doubled already. */
function withMostRooms(
  request: PlacementRequest,
  doubled: readonly OpenClaim[],
  wanted: readonly OpenClaim[],
  fallback: Placement,
): [readonly OpenClaim[], Placement] {
  let best: [readonly OpenClaim[], Placement] = [doubled, fallback];
  let [low, high] = [1, wanted.length];
  let tried = wanted.length;
  while (low <= high) {
    const claims = [...doubled, ...wanted.slice(0, tried)];
    const placement = placeAll(request, new Set(claims.map(({ key }) => key)));
    if (placement.shortages.length === 0) {
      best = [claims, placement];
      low = tried + 1;
    } else {
      high = tried - 1;
    }
    tried = (low + high) >>> 1;
  }
  return best;
}

/**
 * Those who did not ask, the smallest first, while all ranges and rooms together take no more than half of what is free:
 * what comes later needs large blocks too.
 */
function ampleRooms(request: PlacementRequest, doubled: readonly OpenClaim[]): OpenClaim[] {
  const bits = addressBits(request.family);
  const sizeOf = ({ prefix }: OpenClaim): bigint => 1n << BigInt(bits - prefix);
  const total = (claims: readonly OpenClaim[]): bigint => claims.reduce((sum, claim) => sum + sizeOf(claim), 0n);
  const free = blocksWithout(request, request.taken.map(rangeOf)).reduce(
    (sum, bases, order) => sum + (BigInt(bases.length) << BigInt(order)),
    0n,
  );
  let left = free / 2n - total(request.claims) - total(doubled);
  const rooms: OpenClaim[] = [];
  for (const claim of [...request.claims].reverse()) {
    if (claim.growth !== 'ample') continue;
    left -= sizeOf(claim);
    if (left < 0n) break;
    rooms.push(claim);
  }
  return rooms;
}

function placeAll(request: PlacementRequest, doubled: ReadonlySet<string>): Placement {
  const isolation = [...request.taken, ...request.claims].some(({ arena }) => isIsolated(arena));
  return isolation ? placeByArena(request, doubled) : placeTogether(request, doubled);
}

/** No isolated cluster: whatever is taken is taken from everybody. */
function placeTogether(request: PlacementRequest, doubled: ReadonlySet<string>): Placement {
  const outcome: Outcome = { placed: new Map(), shortages: [] };
  const blocks = blocksWithout(request, request.taken.map(rangeOf));
  const unplaced = take(request, request.claims, doubled, blocks, outcome.placed);
  if (unplaced.length > 0) outcome.shortages.push({ unplaced, competing: request.claims, supply: blocks });
  return outcome;
}

/** Load balancer ranges first, each where it fits best; where that leaves somebody over, wherever all others fit too. */
function placeByArena(request: PlacementRequest, doubled: ReadonlySet<string>): Placement {
  const greedy = placeAround(request, doubled, null);
  const exclusive = request.claims.filter(({ arena }) => arena === 'loadBalancers');
  const isSearched =
    exclusive.length > 0 && !greedy.shortages.some(({ unplaced }) => unplaced[0].arena === 'loadBalancers');
  if (greedy.shortages.length === 0 || !isSearched || doubled.size > 0) return greedy;
  const { places, exhausted } = placesBesideAll(request, exclusive);
  if (places !== null) return placeAround(request, doubled, places);
  if (exhausted) return greedy;
  return { ...greedy, shortages: greedy.shortages.map((shortage) => ({ ...shortage, unproven: true })) };
}

/** @param exclusive where the load balancer ranges go; null for where each fits best */
function placeAround(
  request: PlacementRequest,
  doubled: ReadonlySet<string>,
  exclusive: ReadonlyMap<string, Cidr> | null,
): Placement {
  const outcome: Outcome = { placed: new Map(exclusive), shortages: [] };
  const claimsBy = groupByArena(request.claims);
  const takenBy = groupByArena(request.taken);
  const rangesOf = (arena: Arena): AddressRange[] => (takenBy.get(arena) ?? []).map(rangeOf);
  const place = (arena: Arena, blocks: BlocksByOrder, supply = (): BlocksByOrder => blocks): void => {
    const competing = claimsBy.get(arena) ?? [];
    const unplaced = take(request, competing, doubled, blocks, outcome.placed);
    if (unplaced.length === 0) return;
    // The routed ranges were placed before it, and where else they fit was not tried.
    const unproven = isOwn(arena) && (claimsBy.get('shared') ?? []).length > 0;
    outcome.shortages.push({ unplaced, competing, supply: supply(), ...(unproven && { unproven }) });
  };

  if (exclusive === null) place('loadBalancers', blocksWithout(request, request.taken.map(rangeOf)));
  const loadBalancers = [...rangesOf('loadBalancers'), ...[...outcome.placed.values()].map(rangeOfCidr)];
  const common = [...rangesOf('everyone'), ...loadBalancers];
  const unrouted = [...takenBy.keys()].filter(isOwn).flatMap(rangesOf);
  place('shared', blocksWithout(request, [...common, ...rangesOf('shared'), ...unrouted]));

  const sharedKeys = new Set((claimsBy.get('shared') ?? []).map(({ key }) => key));
  const shared = [...outcome.placed].flatMap(([key, cidr]) => (sharedKeys.has(key) ? [rangeOfCidr(cidr)] : []));
  // What an isolated cluster never sees, a cluster that routes only some of its ranges does.
  const besideOwn = [...common, ...rangesOf('shared'), ...shared];
  const [apart, connected] = [blocksWithout(request, common), blocksWithout(request, besideOwn)];
  for (const [arena, claims] of claimsBy) {
    if (!isIsolated(arena)) continue;
    const own = rangesOf(arena);
    const [blocks, others] = isOwn(arena) ? [connected, besideOwn] : [apart, common];
    const supply = own.length === 0 ? undefined : (): BlocksByOrder => blocksWithout(request, [...others, ...own]);
    place(arena, lowestWithout(request.family, blocks, own, claims.length), supply);
  }
  return outcome;
}

interface Outcome {
  readonly placed: Map<string, Cidr>;
  readonly shortages: Shortage[];
}

/** Places claims that compete with each other for the same blocks, and returns those that are left over. */
function take(
  { family }: PlacementRequest,
  claims: readonly OpenClaim[],
  doubled: ReadonlySet<string>,
  blocks: BlocksByOrder,
  placed: Map<string, Cidr>,
): OpenClaim[] {
  const free = freeBlocks(blocks);
  const bits = addressBits(family);
  const unplaced: OpenClaim[] = [];
  // A claim with room to grow takes a block of twice its size and has the lower half of it.
  const orderOf = ({ key, prefix }: OpenClaim): number => bits - prefix + (doubled.has(key) ? 1 : 0);
  const ordered = doubled.size === 0 ? claims : [...claims].sort((a, b) => orderOf(b) - orderOf(a));
  for (const claim of ordered) {
    const base = takeBlock(free, orderOf(claim));
    if (base === null) unplaced.push(claim);
    else placed.set(claim.key, cidrAt(family, base, claim.prefix));
  }
  return unplaced;
}

/** How many free blocks the search for places of load balancer ranges may look at. */
const SEARCH_BUDGET = 400_000;

/**
 * Places of the load balancer ranges beside which all other claims fit: the largest first, each tried in the smallest free blocks
 * first, and left again as soon as the claims of one arena, together with the load balancer ranges to come, no longer fit.
 */
function placesBesideAll(
  request: PlacementRequest,
  exclusive: readonly OpenClaim[],
): { places: ReadonlyMap<string, Cidr> | null; exhausted: boolean } {
  const bits = addressBits(request.family);
  const claimsBy = groupByArena(request.claims);
  const takenBy = groupByArena(request.taken);
  const takenBeside = (arena: Arena): AddressRange[] =>
    [...takenBy].flatMap(([other, ranges]) => (compete(arena, other) ? ranges.map(rangeOf) : []));
  const arenas = [...new Set<Arena>([...claimsBy.keys(), 'loadBalancers'])];
  const taken = new Map(arenas.map((arena) => [arena, takenBeside(arena)]));
  let budget = SEARCH_BUDGET;
  const freeBeside = (arena: Arena, places: readonly Cidr[]): BlocksByOrder => {
    const blocks = blocksWithout(request, [...(taken.get(arena) ?? []), ...places.map(rangeOfCidr)]);
    budget -= blocks.reduce((sum, bases) => sum + bases.length, arenas.length);
    return blocks;
  };
  const fits = (places: readonly Cidr[]): boolean =>
    arenas.every((arena) => {
      const own = arena === 'loadBalancers' ? [] : (claimsBy.get(arena) ?? []);
      const others = isOwn(arena) ? [...own, ...(claimsBy.get('shared') ?? [])] : own;
      return allFit(bits, [...others, ...exclusive.slice(places.length)], freeBeside(arena, places));
    });
  const search = (places: readonly Cidr[]): readonly Cidr[] | null => {
    if (places.length === exclusive.length) return places;
    const { prefix } = exclusive[places.length];
    const free = freeBeside('loadBalancers', places);
    for (const base of positions(free, bits - prefix)) {
      if (budget <= 0) return null;
      const next = [...places, cidrAt(request.family, base, prefix)];
      const found = fits(next) ? search(next) : null;
      if (found !== null) return found;
    }
    return null;
  };
  const found = search([]);
  const places = found && new Map(exclusive.map(({ key }, index) => [key, found[index]]));
  return { places, exhausted: budget > 0 };
}

/** For every order k the claims of at least 2^k addresses need no more than the free blocks of at least 2^k hold. */
function allFit(bits: number, claims: readonly OpenClaim[], free: BlocksByOrder): boolean {
  const needed = new Array<bigint>(bits + 1).fill(0n);
  for (const { prefix } of claims) needed[bits - prefix] += 1n << BigInt(bits - prefix);
  let left = 0n;
  for (let order = bits; order >= 0; order--) {
    left += (BigInt(free[order].length) << BigInt(order)) - needed[order];
    if (left < 0n) return false;
  }
  return true;
}

/** Every place of a block of that order, those in the smallest free blocks first. */
function* positions(free: BlocksByOrder, order: number): Generator<bigint> {
  for (let from = order; from < free.length; from++) {
    for (const base of free[from]) {
      for (let at = base; at < base + (1n << BigInt(from)); at += 1n << BigInt(order)) yield at;
    }
  }
}

function blocksWithout(request: PlacementRequest, ranges: readonly AddressRange[]): BlocksByOrder {
  const free = difference(addressSet(request.supernets.map(rangeOfCidr)), addressSet(ranges));
  const blocks = Array.from({ length: addressBits(request.family) + 1 }, (): bigint[] => []);
  for (const cidrs of freeBySupernet(request.supernets, free).values()) {
    for (const cidr of cidrs) blocks[hostBits(cidr)].push(cidr.base);
  }
  return blocks;
}

/**
 * What a few claims of one isolated cluster need of the blocks without the cluster's own ranges: of each order the parts that the
 * ranges leave, and no more whole blocks than there are claims. So the cost does not grow with the blocks.
 */
function lowestWithout(
  family: IpFamily,
  blocks: BlocksByOrder,
  ranges: readonly AddressRange[],
  claims: number,
): BlocksByOrder {
  if (ranges.length === 0) return blocks;
  const own = addressSet(ranges);
  const cut: AddressRange[] = [];
  const lowest = blocks.map((bases, order) => {
    const size = 1n << BigInt(order);
    const whole: bigint[] = [];
    let next = 0;
    for (const { first, last } of own.ranges) {
      const start = firstIndex(bases, (base) => base + size > first);
      const end = firstIndex(bases, (base) => base > last);
      whole.push(...bases.slice(next, Math.min(start, next + claims)));
      // Between the first and the last block that the range touches all are inside it.
      for (const base of start < end ? [bases[start], bases[end - 1]] : []) {
        cut.push({ family, first: base, last: base + size - 1n });
      }
      next = Math.max(next, end);
    }
    whole.push(...bases.slice(next, next + claims));
    return whole;
  });
  for (const range of difference(addressSet(cut), own).ranges) {
    for (const cidr of rangeToCidrs(range)) lowest[hostBits(cidr)].push(cidr.base);
  }
  for (const bases of lowest) bases.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return lowest;
}

/** The first index whose base has the property, which all later ones have too. */
function firstIndex(bases: readonly bigint[], property: (base: bigint) => boolean): number {
  let low = 0;
  let high = bases.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (property(bases[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

function groupByArena<T extends { readonly arena: Arena }>(items: readonly T[]): Map<Arena, T[]> {
  const groups = new Map<Arena, T[]>();
  for (const item of items) {
    const group = groups.get(item.arena);
    if (group === undefined) groups.set(item.arena, [item]);
    else group.push(item);
  }
  return groups;
}

function rangeOf({ range }: TakenRange): AddressRange {
  return range;
}

/** Whether it is the arena of one cluster. */
function isIsolated(arena: Arena): boolean {
  return arena.startsWith('isolated/') || isOwn(arena);
}
