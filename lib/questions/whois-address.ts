import {
  addressBits,
  type AddressRange,
  type Cidr,
  cidrAt,
  formatCidr,
  parentOf,
  rangeOfCidr,
  rangeToCidrs,
} from '../address';
import { compareText } from '../finding/finding';
import { overlapping, overlapsAny, type RangeIndex } from '../plan/range-index';
import type { AddressBook, Entry, Tier } from './address-book';
import { type Answer, holder, type Holder } from './answer';
import { rangeName } from './query';
import type { Sources } from './sources';

/** A CIDR may have millions inside; a person reads the first ones. */
const SHOWN_INSIDE = 20;

/** Who has the addresses, from the outside in, and who has a part of them. */
export function whoisAddress(query: string, range: AddressRange, book: AddressBook, sources: Sources): Answer {
  const around: Entry[] = [];
  const inside: Entry[] = [];
  for (const entry of overlapping(book.all, range)) (covers(entry.range, range) ? around : inside).push(entry);
  around.sort(compareEntries);
  const leaves = around.filter(({ tier }) => tier === 'leaf');
  const ranges = around.filter(({ tier }) => tier === 'range');
  const special = around.filter(({ tier }) => tier === 'special');
  const supernet = around.find(({ tier }) => tier === 'supernet');
  const partly = inside.filter(({ tier }) => tier !== 'special');
  const name = rangeName(range);
  const isHad = leaves.length > 0 || partly.length > 0 || ranges.some(isReservation);
  const free = isHad ? null : freeAround(range, book, ranges.at(-1) ?? supernet);
  const owners = [...new Set(leaves.map((entry) => titleOf(entry)))];
  const verdict =
    leaves.length > 0 || ranges.some(isReservation)
      ? 'taken'
      : ranges.length > 0 || special.length > 0 || partly.length > 0
        ? 'allocated'
        : supernet !== undefined
          ? 'free'
          : 'unknown';
  return {
    query,
    kind: 'address',
    verdict,
    summary: summaryOf(name, { owners, ranges, special, partly, supernet, free }),
    holders: chains(around, [
      ...nodeBlocks(range, around, sources),
      ...calicoBlocks(range, around, sources),
      ...partsOf(partly),
    ]),
    free: free === null ? null : formatCidr(free),
    neighbours: neighbours(range, ranges.length > 0 ? book.leaves : book.ranges, ranges.at(-1) ?? supernet),
    conflicts: conflictsOf(around, partly),
    suggestions: [],
  };
}

interface Found {
  readonly owners: readonly string[];
  readonly ranges: readonly Entry[];
  readonly special: readonly Entry[];
  readonly partly: readonly Entry[];
  readonly supernet: Entry | undefined;
  readonly free: Cidr | null;
}

function summaryOf(name: string, { owners, ranges, special, partly, supernet, free }: Found): string {
  if (owners.length > 0) return `${name} belongs to ${owners.join(' and ')}`;
  const reservation = ranges.find(isReservation);
  if (reservation !== undefined) return `${name} belongs to ${reservation.what}`;
  const range = ranges.at(-1);
  if (range !== undefined) {
    return `${name} lies in ${whereText(range)}, and no object that was read has ${partly.length > 0 ? 'all of it' : 'it'}`;
  }
  if (partly.length > 0) return `a part of ${name} is in use`;
  if (special.length > 0) {
    return `nothing that was read has ${name}: it is special-purpose space, which no cluster should use`;
  }
  if (supernet !== undefined) return `${name} is free, in the free block ${free === null ? name : formatCidr(free)}`;
  return `nothing that was read has ${name}`;
}

function isReservation({ what }: Entry): boolean {
  return what.startsWith('reservation ');
}

function whereText(entry: Entry): string {
  const { name, what, object } = entry.holder();
  const owner = entry.cluster === null ? '' : ` of cluster ${entry.cluster}`;
  return object !== null && what === object.kind ? `${what} ${name}${owner}` : `the ${what} ${name}${owner}`;
}

function titleOf(entry: Entry): string {
  const { what, name, object, cluster } = entry.holder();
  const owner = object === null || what === 'lock' ? name : `${what} ${name}`;
  return cluster === null ? owner : `${owner} of cluster ${cluster}`;
}

/** What contains the question, nested: first what is of no cluster, then a chain for each cluster. */
function chains(around: readonly Entry[], innermost: readonly Placed[]): Holder[] {
  const shared = around.filter(({ cluster }) => cluster === null);
  const clusters = [...new Set([...around, ...innermost].map(({ cluster }) => cluster))].filter(
    (name) => name !== null,
  );
  const own = clusters.sort(compareText).map((name) => {
    const chain = around.filter(({ cluster }) => cluster === name);
    return holder('cluster', name, { cluster: name, holds: nested(chain, placedIn(innermost, name)) });
  });
  return nested(shared, [...own, ...placedIn(innermost, null)]);
}

interface Placed {
  readonly cluster: string | null;
  readonly holder: Holder;
}

function placedIn(placed: readonly Placed[], name: string | null): Holder[] {
  return placed.filter(({ cluster }) => cluster === name).map((entry) => entry.holder);
}

/** Leaves stand side by side, all else contains what follows. */
function nested(entries: readonly Entry[], innermost: readonly Holder[]): Holder[] {
  const leaves = entries.filter(({ tier }) => tier === 'leaf').map((entry) => entry.holder());
  return entries
    .filter(({ tier }) => tier !== 'leaf')
    .reduceRight<Holder[]>((holds, entry) => [{ ...entry.holder(), holds }], [...leaves, ...innermost]);
}

const TIER_ORDER: Record<Tier, number> = { supernet: 0, special: 1, range: 2, part: 3, leaf: 4 };

/** From the outside in. */
function compareEntries(a: Entry, b: Entry): number {
  const size = ({ range: { first, last } }: Entry): bigint => last - first;
  const [larger, smaller] = [size(b), size(a)];
  return (
    TIER_ORDER[a.tier] - TIER_ORDER[b.tier] ||
    (larger < smaller ? -1 : larger > smaller ? 1 : 0) ||
    compareText(a.cluster ?? '', b.cluster ?? '') ||
    compareText(a.what, b.what)
  );
}

/** Which node's pod CIDR an address of the pods would be in, where no Node that was read says so. */
function nodeBlocks(range: AddressRange, around: readonly Entry[], { fleets }: Sources): Placed[] {
  if (range.first !== range.last || around.some(({ tier }) => tier === 'part')) return [];
  return around.flatMap(({ tier, what, cluster, range: pods }): Placed[] => {
    if (tier !== 'range' || what !== 'pods' || cluster === null) return [];
    const masks = fleets.map(({ plan }) => plan.clusters.get(cluster)?.nodeCidrMaskSize[range.family]);
    const mask = masks.find((known) => known !== undefined);
    if (mask === undefined) return [];
    const block = blockAround(range, mask);
    const number = (block.base - pods.first) >> BigInt(addressBits(range.family) - mask);
    const name = formatCidr(block);
    const detail = `number ${String(number + 1n)} of the cluster CIDR; the controller manager decides which node gets it`;
    return [{ cluster, holder: holder('pod CIDR of a node', name, { cluster, detail }) }];
  });
}

/** The block of an IP pool: Calico gives it to one node. */
function calicoBlocks(range: AddressRange, around: readonly Entry[], { clusters }: Sources): Placed[] {
  if (range.first !== range.last || around.some(({ what }) => what.startsWith('BlockAffinity '))) return [];
  return clusters.flatMap(({ name: cluster, model }) =>
    model.ipPools
      .filter(({ cidr, forWorkloads }) => forWorkloads && covers(rangeOfCidr(cidr), range))
      .map(({ blockSize, name }): Placed => {
        const detail = `of IP pool ${name}; Calico gives it to one node`;
        return { cluster, holder: holder('block', formatCidr(blockAround(range, blockSize)), { cluster, detail }) };
      }),
  );
}

function partsOf(partly: readonly Entry[]): Placed[] {
  const shown = partly.slice(0, SHOWN_INSIDE).map((entry) => ({ cluster: entry.cluster, holder: entry.holder() }));
  const hidden = partly.length - shown.length;
  return hidden > 0 ? [...shown, { cluster: null, holder: holder('and', `${hidden} more`) }] : shown;
}

/** The largest free block around the addresses within what contains them. */
function freeAround(range: AddressRange, book: AddressBook, container: Entry | undefined): Cidr | null {
  const [start, ...more] = rangeToCidrs(range);
  if (container === undefined || more.length > 0) return null;
  const taken = container.tier === 'range' ? book.leaves : book.ranges;
  if (overlapsAny(taken, rangeOfCidr(start))) return null;
  let block = start;
  while (block.prefix > 0) {
    const larger = parentOf(block);
    if (!covers(container.range, rangeOfCidr(larger)) || overlapsAny(taken, rangeOfCidr(larger))) return block;
    block = larger;
  }
  return block;
}

/** Who comes before and after, in the same container. */
function neighbours(range: AddressRange, index: RangeIndex<Entry>, container: Entry | undefined): Answer['neighbours'] {
  if (container === undefined) return { before: null, after: null };
  const { first, last } = container.range;
  const { family } = range;
  const next = range.last < last ? firstOf(index, { family, first: range.last + 1n, last }, range) : undefined;
  const previous = range.first > first ? lastOf(index, { family, first, last: range.first - 1n }) : undefined;
  return { before: previous?.holder() ?? null, after: next?.holder() ?? null };
}

function firstOf(index: RangeIndex<Entry>, within: AddressRange, asked: AddressRange): Entry | undefined {
  for (const entry of overlapping(index, within)) if (entry.range.first > asked.last) return entry;
  return undefined;
}

/** Halves the space until only the last entry is left: O(log n) for each bit of an address. */
function lastOf(index: RangeIndex<Entry>, within: AddressRange): Entry | undefined {
  if (!overlapsAny(index, within)) return undefined;
  let { first } = within;
  const { family, last } = within;
  for (let step = (last - first + 1n) >> 1n; step > 0n; step >>= 1n) {
    while (first + step <= last && overlapsAny(index, { family, first: first + step, last })) first += step;
  }
  const [entry] = overlapping(index, { family, first, last });
  return entry;
}

function conflictsOf(around: readonly Entry[], partly: readonly Entry[]): string[] {
  const others = [...around, ...partly].filter(({ tier }) => tier !== 'supernet' && tier !== 'part');
  const alone = others.filter((entry) => entry.tier === 'leaf' || isReservation(entry));
  // That an owner of an address has it out of its own range is no conflict.
  const inTheWay = around.some(({ tier }) => tier === 'leaf') ? alone : others;
  const texts = inTheWay.slice(0, SHOWN_INSIDE).map((entry) => {
    const { what, name, detail, cluster } = entry.holder();
    const owner = cluster === null ? '' : ` of cluster ${cluster}`;
    return `${what} ${name}${owner}${entry.tier === 'leaf' && detail !== '' ? ` (${detail})` : ''}`;
  });
  return [...new Set(texts)];
}

function blockAround({ family, first }: AddressRange, prefix: number): Cidr {
  const bits = BigInt(addressBits(family) - prefix);
  return cidrAt(family, (first >> bits) << bits, prefix);
}

function covers(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}
