import fc from 'fast-check';
import {
  cidrContains,
  findOverlaps,
  formatCidr,
  formatRange,
  nearestContainers,
  overlapsOfEach,
  parseCidr,
  parseRange,
  type AddressRange,
  type Cidr,
} from '../../lib/address';
import { closeCidrs, closeRanges } from './arbitraries';

function identity<T>(value: T): T {
  return value;
}

describe('findOverlaps', () => {
  test('names both items of every pair, the first in address order as a', () => {
    const items = [
      { name: 'b pods', range: '10.0.128.0/17' },
      { name: 'v6', range: '::/0' },
      { name: 'a pods', range: '10.0.0.0/16' },
      { name: 'gateway', range: '10.0.255.1' },
      { name: 'vpn', range: '10.1.0.0-10.1.0.9' },
    ];
    expect(findOverlaps(items, (item) => parseRange(item.range)).map(({ a, b }) => [a.name, b.name])).toEqual([
      ['a pods', 'b pods'],
      ['a pods', 'gateway'],
      ['b pods', 'gateway'],
    ]);
  });

  test.each<[string, string[], [string, string][]]>([
    ['nothing', [], []],
    ['adjacent ranges', ['10.0.0.0-10.0.0.4', '10.0.0.5-10.0.0.9'], []],
    ['one shared address', ['10.0.0.0-10.0.0.5', '10.0.0.5-10.0.0.9'], [['10.0.0.0-10.0.0.5', '10.0.0.5-10.0.0.9']]],
    ['the same range twice', ['::1', '::1'], [['::1-::1', '::1-::1']]],
    ['the same numbers in two families', ['0.0.0.0/8', '::/104'], []],
    [
      'a later overlap behind a short range',
      ['10.0.0.0-10.0.0.9', '10.0.0.1', '10.0.0.9'],
      [
        ['10.0.0.0-10.0.0.9', '10.0.0.1-10.0.0.1'],
        ['10.0.0.0-10.0.0.9', '10.0.0.9-10.0.0.9'],
      ],
    ],
  ])('of %s', (_, texts, pairs) => {
    const overlaps = findOverlaps(texts.map(parseRange), identity);
    expect(overlaps.map(({ a, b }) => [formatRange(a), formatRange(b)])).toEqual(pairs);
  });

  test('finds what comparing each with each finds', () => {
    fc.assert(
      fc.property(fc.array(closeRanges, { maxLength: 12 }), (ranges) => {
        const items = ranges.map((range, id) => ({ range, id }));
        const found = findOverlaps(items, (item) => item.range).map(({ a, b }) => pairKey(a.id, b.id));
        expect([...found].sort()).toEqual(overlappingPairs(ranges));
      }),
      { numRuns: 500 },
    );
  });

  test('answers in one order, however the items are ordered', () => {
    const distinct = fc.uniqueArray(closeRanges, { selector: formatRange, maxLength: 12 });
    const shuffled = distinct.chain((ranges) =>
      fc.tuple(fc.constant(ranges), fc.shuffledSubarray(ranges, { minLength: ranges.length })),
    );
    fc.assert(
      fc.property(shuffled, ([ranges, others]) => {
        expect(findOverlaps(others, identity)).toEqual(findOverlaps(ranges, identity));
      }),
    );
  });
});

describe('nearestContainers', () => {
  test('gives every item the smallest item around it, in address order', () => {
    const texts = ['10.1.2.0/24', '::/0', '10.0.0.0/8', '11.0.0.0/8', '10.1.0.0/16', '10.2.0.0/16', '10.1.3.0/24'];
    expect(nesting(texts)).toEqual([
      ['10.0.0.0/8', null],
      ['10.1.0.0/16', '10.0.0.0/8'],
      ['10.1.2.0/24', '10.1.0.0/16'],
      ['10.1.3.0/24', '10.1.0.0/16'],
      ['10.2.0.0/16', '10.0.0.0/8'],
      ['11.0.0.0/8', null],
      ['::/0', null],
    ]);
  });

  test('chains the items that have the same block', () => {
    const items = ['first', 'second', 'third'];
    const block = parseCidr('10.0.0.0/8');
    expect(nearestContainers(items, () => block)).toEqual([
      { item: 'first', container: null },
      { item: 'second', container: 'first' },
      { item: 'third', container: 'second' },
    ]);
  });

  test('agrees with the search through all others', () => {
    const distinct = fc.uniqueArray(closeCidrs, { selector: formatCidr, maxLength: 16 });
    fc.assert(
      fc.property(distinct, (cidrs) => {
        const found = nearestContainers(cidrs, identity);
        expect(found).toHaveLength(cidrs.length);
        for (const { item, container } of found) expect(container).toEqual(smallestAround(item, cidrs));
      }),
      { numRuns: 500 },
    );
  });
});

function nesting(texts: readonly string[]): [string, string | null][] {
  return nearestContainers(texts, parseCidr).map(({ item, container }) => [item, container]);
}

function smallestAround(cidr: Cidr, others: readonly Cidr[]): Cidr | null {
  const around = others.filter((other) => other !== cidr && cidrContains(other, cidr));
  return around.sort((a, b) => b.prefix - a.prefix).at(0) ?? null;
}

function overlappingPairs(ranges: readonly AddressRange[]): string[] {
  const pairs: string[] = [];
  for (const [i, a] of ranges.entries()) {
    for (const [j, b] of ranges.entries()) {
      if (i < j && a.family === b.family && a.first <= b.last && b.first <= a.last) pairs.push(pairKey(i, j));
    }
  }
  return pairs.sort();
}

function pairKey(i: number, j: number): string {
  return `${String(Math.min(i, j))} ${String(Math.max(i, j))}`;
}

describe('overlapsOfEach', () => {
  test('without a bound it is findOverlaps', () => {
    fc.assert(
      fc.property(fc.array(closeRanges), (ranges) => {
        const texts = (pairs: { a: AddressRange; b: AddressRange }[]): string[] =>
          pairs.map(({ a, b }) => `${formatRange(a)} ${formatRange(b)}`).sort();
        expect(texts(overlapsOfEach(ranges, identity, { most: Infinity }))).toEqual(
          texts(findOverlaps(ranges, identity)),
        );
      }),
    );
  });

  test('whatever overlaps has a part, in no more pairs than the bound allows', () => {
    fc.assert(
      fc.property(fc.array(closeRanges), fc.integer({ min: 1, max: 3 }), (ranges, most) => {
        const items = ranges.map((range) => ({ range }));
        const partOf = (pairs: { a: object; b: object }[]): Set<object> => new Set(pairs.flatMap(({ a, b }) => [a, b]));
        const pairs = overlapsOfEach(items, ({ range }) => range, { most });
        expect(partOf(pairs)).toEqual(partOf(findOverlaps(items, ({ range }) => range)));
        expect(pairs.length).toBeLessThanOrEqual(items.length * most);
      }),
    );
  });

  test.each([
    ['equal ranges', () => '10.0.0.0/16'],
    ['ranges in one another', (index: number) => `10.0.0.0-10.0.${Math.floor(index / 256)}.${index % 256}`],
    ['ranges that each meet the next ones', (index: number) => `0.0.0.${index % 64}-0.0.2.${index % 64}`],
  ])('of many %s each has a few pairs, or one and a count', (_, textOf) => {
    const items = Array.from({ length: 1000 }, (__, index) => ({ range: parseRange(textOf(index)) }));
    let compared = 0;
    const most = 10;
    const mayOverlap = (): boolean => {
      compared++;
      return false;
    };
    const pairs = overlapsOfEach(items, ({ range }) => range, { most, mayOverlap });
    expect(compared).toBeLessThanOrEqual(items.length * most);
    const counted = pairs.filter(({ more }) => more > 0);
    expect(counted).toHaveLength(items.length - most - 1);
    for (const { b, more } of counted) {
      const others = items.filter(
        ({ range }) => range !== b.range && range.first <= b.range.last && b.range.first <= range.last,
      );
      expect(more + 1).toBe(others.length);
    }
  });

  test('what may overlap leaves room for what may not', () => {
    const ranges = Array.from({ length: 100 }, (_, index) => ({
      owner: index % 50 === 0 ? `other-${index}` : 'one',
      range: parseRange('10.0.0.0/16'),
    }));
    const pairs = overlapsOfEach(ranges, ({ range }) => range, {
      most: 3,
      mayOverlap: (a, b) => a.owner === b.owner,
      groupOf: ({ owner }) => owner,
    });
    expect(new Set(pairs.map(({ b }) => b))).toEqual(new Set(ranges.slice(1)));
  });
});
