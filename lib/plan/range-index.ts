import { compareRanges, IP_FAMILIES, type AddressRange, type IpFamily } from '../address';

/** Items by their ranges, for the question which of them overlap a given range. */
export interface RangeIndex<T> {
  readonly byFamily: Readonly<Record<IpFamily, FamilyIndex<T>>>;
}

interface FamilyIndex<T> {
  /** Sorted by first address. */
  readonly entries: readonly { readonly item: T; readonly range: AddressRange }[];
  /** A segment tree over the entries: node 1 is the root, and each node has the largest last address below it. */
  readonly lastBelow: readonly bigint[];
  /** The number of leaves, a power of two. */
  readonly leaves: number;
}

/** O(n log n). Items with the same range stay in their order. */
export function indexRanges<T>(items: readonly T[], rangeOf: (item: T) => AddressRange): RangeIndex<T> {
  const entries = items.map((item) => ({ item, range: rangeOf(item) })).sort((a, b) => compareRanges(a.range, b.range));
  const [IPv4, IPv6] = IP_FAMILIES.map((family) => familyIndex(entries.filter(({ range }) => range.family === family)));
  return { byFamily: { IPv4, IPv6 } };
}

/** The items that share an address with the range, by first address, each found in O(log n). Stop early to get only the first. */
export function* overlapping<T>(index: RangeIndex<T>, range: AddressRange): Generator<T> {
  const { entries, lastBelow, leaves } = index.byFamily[range.family];
  const pending = [1];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (lastBelow[node] < range.first) continue;
    if (node >= leaves) {
      const entry = entries[node - leaves];
      if (entry.range.first > range.last) return;
      yield entry.item;
    } else {
      pending.push(2 * node + 1, 2 * node);
    }
  }
}

export function overlapsAny(index: RangeIndex<unknown>, range: AddressRange): boolean {
  return overlapping(index, range).next().done !== true;
}

const NOTHING_BELOW = -1n;

function familyIndex<T>(entries: FamilyIndex<T>['entries']): FamilyIndex<T> {
  let leaves = 1;
  while (leaves < entries.length) leaves *= 2;
  const lastBelow = new Array<bigint>(2 * leaves).fill(NOTHING_BELOW);
  for (const [index, { range }] of entries.entries()) lastBelow[leaves + index] = range.last;
  for (let node = leaves - 1; node >= 1; node--) {
    const [left, right] = [lastBelow[2 * node], lastBelow[2 * node + 1]];
    lastBelow[node] = left > right ? left : right;
  }
  return { entries, lastBelow, leaves };
}
