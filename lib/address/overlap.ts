import { compareRanges, type AddressRange } from './address-range';
import { cidrContains, compareCidrs, type Cidr } from './cidr';
import { compareAddresses } from './ip-address';

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

/** A pair that stands for others too. */
export interface EachOverlap<T> extends Overlap<T> {
  /** How many more items share addresses with `b`, where this pair stands for all of its pairs; else 0. */
  readonly more: number;
}

export interface EachOverlapOptions<T> {
  /** How many of the items before it an item is paired with; one that shares addresses with more is in one pair, with a count. */
  readonly most: number;
  /** Pairs that are no answer. @default - none */
  readonly mayOverlap?: (a: T, b: T) => boolean;
  /** Items of one group may overlap one another, or not; those of different groups may not. @default - all are of one group */
  readonly groupOf?: (item: T) => unknown;
}

/**
 * Overlaps in which every item that shares addresses with another one has a part, in O(n log n): for reports, where all pairs of ten thousand
 * equal ranges would say nothing more. Of the items before it each is compared with those that reach furthest.
 */
export function overlapsOfEach<T>(
  items: readonly T[],
  rangeOf: (item: T) => AddressRange,
  { most, mayOverlap = () => false, groupOf = () => undefined }: EachOverlapOptions<T>,
): EachOverlap<T>[] {
  const sorted = items
    .map((item) => ({ item, range: rangeOf(item), group: groupOf(item) }))
    .sort((x, y) => compareRanges(x.range, y.range));
  let counts: OverlapCounter | undefined;
  const counter = (): OverlapCounter => (counts ??= overlapCounter(sorted.map(({ range }) => range)));
  const overlaps: EachOverlap<T>[] = [];
  let open: typeof sorted = [];
  for (const [index, next] of sorted.entries()) {
    open = open.filter(({ range }) => startsIn(range, next.range));
    const answers = open.filter(({ item }) => !mayOverlap(item, next.item));
    const before = answers.length === 0 || open.length < most ? 0 : index - counter().ended(next.range);
    if (before > most) {
      // Neither itself, nor the one that it is paired with.
      overlaps.push({ a: answers[0].item, b: next.item, more: counter().overlapping(next.range) - 2 });
    } else {
      for (const { item } of answers) overlaps.push({ a: item, b: next.item, more: 0 });
    }
    open.push(next);
    if (open.length > most) open.splice(leastUseful(open), 1);
  }
  return overlaps;
}

/** Of the largest group the last one of those that end first: what stays overlaps most of what follows, of whatever group. */
function leastUseful(open: readonly { readonly range: AddressRange; readonly group: unknown }[]): number {
  const sizes = new Map<unknown, number>();
  for (const { group } of open) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const largest = Math.max(...sizes.values());
  return open.reduce((best, { range, group }, index) => {
    if (sizes.get(group) !== largest) return best;
    return best === -1 || range.last <= open[best].range.last ? index : best;
  }, -1);
}

/** How many of many ranges share addresses with one. */
export interface OverlapCounter {
  readonly overlapping: (range: AddressRange) => number;
  /** How many of them end before it begins. */
  readonly ended: (range: AddressRange) => number;
}

/** Built in O(n log n), each answer in O(log n). */
export function overlapCounter(ranges: readonly AddressRange[]): OverlapCounter {
  const firsts = ranges.map(({ family, first }) => ({ family, value: first })).sort(compareAddresses);
  const lasts = ranges.map(({ family, last }) => ({ family, value: last })).sort(compareAddresses);
  const ended = ({ family, first }: AddressRange): number =>
    countWhile(lasts, (last) => compareAddresses(last, { family, value: first }) < 0);
  const started = ({ family, last }: AddressRange): number =>
    countWhile(firsts, (first) => compareAddresses(first, { family, value: last }) <= 0);
  return { overlapping: (range) => started(range) - ended(range), ended };
}

/** The length of the first part of a list, the only one of which the condition holds. */
function countWhile<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(items[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
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
