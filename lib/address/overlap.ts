import { compareRanges, type AddressRange } from './address-range';
import { cidrContains, compareCidrs, type Cidr } from './cidr';

/** Two items that share addresses; `a` is the one that comes first in address order. */
export interface Overlap<T> {
  readonly a: T;
  readonly b: T;
}

/**
 * Every pair of items whose ranges share an address, in O(n log n + pairs).
 *
 * The result is sorted by the ranges of `a`, then of `b`. Only items with the very same range keep their order in the input: give
 * them in a stable order where that matters.
 */
export function findOverlaps<T>(items: readonly T[], rangeOf: (item: T) => AddressRange): Overlap<T>[] {
  const sorted = items.map((item) => ({ item, range: rangeOf(item) })).sort((x, y) => compareRanges(x.range, y.range));
  const overlaps: Overlap<T>[] = [];
  for (const [index, { item, range }] of sorted.entries()) {
    // In this order all that overlaps the range and was not met before follows it without a gap.
    for (let next = index + 1; next < sorted.length && startsIn(range, sorted[next].range); next++) {
      overlaps.push({ a: item, b: sorted[next].item });
    }
  }
  return overlaps;
}

/**
 * Overlaps in which every item that shares addresses with another one has a part, in O(n log n): each item with at most `most` of those
 * that come before it, those that reach furthest. For reports, where all pairs of ten thousand equal ranges would say nothing more.
 */
export function overlapsOfEach<T>(items: readonly T[], rangeOf: (item: T) => AddressRange, most: number): Overlap<T>[] {
  const sorted = items.map((item) => ({ item, range: rangeOf(item) })).sort((x, y) => compareRanges(x.range, y.range));
  const overlaps: Overlap<T>[] = [];
  let open: typeof sorted = [];
  for (const next of sorted) {
    open = open.filter(({ range }) => startsIn(range, next.range));
    for (const { item } of open) overlaps.push({ a: item, b: next.item });
    open.push(next);
    if (open.length > most) open.splice(nearestEnd(open.map(({ range }) => range)), 1);
  }
  return overlaps;
}

/** The index of the last one of those that end first. */
function nearestEnd(ranges: readonly AddressRange[]): number {
  return ranges.reduce((nearest, { last }, index) => (last <= ranges[nearest].last ? index : nearest), 0);
}

/** An item and the smallest of the other items that contains it. */
export interface Nesting<T> {
  readonly item: T;
  readonly container: T | null;
}

/**
 * The nearest container of every item, in O(n log n), sorted by CIDR. CIDRs overlap only by nesting, so that following the containers
 * upwards yields all that overlaps an item from above. Of items with the same CIDR each is contained in the one before it.
 */
export function nearestContainers<T>(items: readonly T[], cidrOf: (item: T) => Cidr): Nesting<T>[] {
  const sorted = items.map((item) => ({ item, cidr: cidrOf(item) })).sort((x, y) => compareCidrs(x.cidr, y.cidr));
  const enclosing: { item: T; cidr: Cidr }[] = [];
  return sorted.map((entry) => {
    let container = enclosing.at(-1);
    while (container !== undefined && !cidrContains(container.cidr, entry.cidr)) {
      enclosing.pop();
      container = enclosing.at(-1);
    }
    enclosing.push(entry);
    return { item: entry.item, container: container === undefined ? null : container.item };
  });
}

function startsIn(range: AddressRange, other: AddressRange): boolean {
  return range.family === other.family && other.first <= range.last;
}
