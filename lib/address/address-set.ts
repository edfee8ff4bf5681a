import { compareRanges, rangeToCidrs, type AddressRange } from './address-range';
import type { Cidr } from './cidr';
import { compareFamilies, IP_FAMILIES, spaceSize, type IpFamily } from './family';
import type { IpAddress } from './ip-address';

/** A set of addresses of both families. The ranges are sorted, disjoint and not adjacent, so equal sets have equal ranges. */
export interface AddressSet {
  readonly ranges: readonly AddressRange[];
}

/** The addresses that are in at least one of the ranges, which may overlap and come in any order. O(n log n). */
export function addressSet(ranges: Iterable<AddressRange>): AddressSet {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort(compareRanges)) {
    const before = merged.at(-1);
    if (before?.family !== range.family || before.last + 1n < range.first) merged.push(range);
    else if (before.last < range.last) merged[merged.length - 1] = { ...before, last: range.last };
  }
  return { ranges: merged };
}

export function union(a: AddressSet, b: AddressSet): AddressSet {
  return combine(a, b, (inA, inB) => inA || inB);
}

export function intersection(a: AddressSet, b: AddressSet): AddressSet {
  return combine(a, b, (inA, inB) => inA && inB);
}

/** What is in `a` and not in `b`. */
export function difference(a: AddressSet, b: AddressSet): AddressSet {
  return combine(a, b, (inA, inB) => inA && !inB);
}

/** The addresses of the family that are not in the set; of the other family it has none. */
export function complement(set: AddressSet, family: IpFamily): AddressSet {
  return difference({ ranges: [{ family, first: 0n, last: spaceSize(family) - 1n }] }, set);
}

/** O(log n). */
export function setHas(set: AddressSet, address: IpAddress): boolean {
  return setCovers(set, { family: address.family, first: address.value, last: address.value });
}

/** Whether every address of the range is in the set. O(log n). */
export function setCovers(set: AddressSet, range: AddressRange): boolean {
  const candidate = lastStartingUpTo(set.ranges, range);
  return candidate?.family === range.family && range.last <= candidate.last;
}

/** How many addresses of the family are in the set. */
export function setSize(set: AddressSet, family: IpFamily): bigint {
  return set.ranges.reduce(
    (size, range) => (range.family === family ? size + range.last - range.first + 1n : size),
    0n,
  );
}

/** The smallest list of CIDRs that covers exactly the set, in order. */
export function setToCidrs(set: AddressSet): Cidr[] {
  return set.ranges.flatMap(rangeToCidrs);
}

/** Walks both sets at once, in O(n + m). `keep` must be false for what is in neither set. */
function combine(a: AddressSet, b: AddressSet, keep: (inA: boolean, inB: boolean) => boolean): AddressSet {
  return {
    ranges: IP_FAMILIES.flatMap((family) =>
      rangesOf(family, combineEdges(edgesOf(a, family), edgesOf(b, family), keep)),
    ),
  };
}

/** Where membership changes: the first address of a range, the one after its last, and so on, strictly ascending. */
type Edges = readonly bigint[];

function edgesOf(set: AddressSet, family: IpFamily): Edges {
  return set.ranges.flatMap((range) => (range.family === family ? [range.first, range.last + 1n] : []));
}

function rangesOf(family: IpFamily, edges: Edges): AddressRange[] {
  const ranges: AddressRange[] = [];
  for (let i = 0; i < edges.length; i += 2) ranges.push({ family, first: edges[i], last: edges[i + 1] - 1n });
  return ranges;
}

function combineEdges(a: Edges, b: Edges, keep: (inA: boolean, inB: boolean) => boolean): Edges {
  const edges: bigint[] = [];
  let passedA = 0;
  let passedB = 0;
  while (passedA < a.length || passedB < b.length) {
    const at = passedB === b.length || (passedA < a.length && a[passedA] < b[passedB]) ? a[passedA] : b[passedB];
    if (a[passedA] === at) passedA++;
    if (b[passedB] === at) passedB++;
    const inside = keep(isInside(passedA), isInside(passedB));
    if (inside !== isInside(edges.length)) edges.push(at);
  }
  return edges;
}

/** After an odd number of edges one is inside a range. */
function isInside(edgesPassed: number): boolean {
  return edgesPassed % 2 === 1;
}

/** The last of the sorted ranges that does not start after the given one. */
function lastStartingUpTo(ranges: readonly AddressRange[], { family, first }: AddressRange): AddressRange | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const range = ranges[middle];
    const order = compareFamilies(range.family, family);
    if (order < 0 || (order === 0 && range.first <= first)) low = middle + 1;
    else high = middle;
  }
  return ranges[low - 1];
}
