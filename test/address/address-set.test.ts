import fc from 'fast-check';
import {
  addressSet,
  complement,
  difference,
  formatCidr,
  formatRange,
  intersection,
  IP_FAMILIES,
  parseAddress,
  parseRange,
  rangeOfCidr,
  setCovers,
  setHas,
  setSize,
  setToCidrs,
  union,
  type AddressSet,
} from '../../lib/address';
import { addressKey, addressSets, closeRanges, families, membersOf, windowAddresses } from './arbitraries';

const EMPTY: AddressSet = { ranges: [] };
const lists = fc.array(closeRanges, { maxLength: 8 });

function setOf(...texts: string[]): AddressSet {
  return addressSet(texts.map(parseRange));
}

function show(set: AddressSet): string[] {
  return set.ranges.map(formatRange);
}

/** What a set must be so that equal sets are equal values. */
function expectCanonical(set: AddressSet): void {
  for (const [index, range] of set.ranges.entries()) {
    expect(range.first <= range.last).toBe(true);
    const next = set.ranges.at(index + 1);
    if (next === undefined) continue;
    if (next.family === range.family) expect(next.first > range.last + 1n).toBe(true);
    else expect([range.family, next.family]).toEqual(['IPv4', 'IPv6']);
  }
}

describe('addressSet', () => {
  test.each<[string, string[], string[]]>([
    ['nothing', [], []],
    ['overlapping ranges', ['10.0.0.0-10.0.0.5', '10.0.0.3-10.0.0.9'], ['10.0.0.0-10.0.0.9']],
    ['adjacent ranges', ['10.0.0.5-10.0.0.9', '10.0.0.0-10.0.0.4'], ['10.0.0.0-10.0.0.9']],
    ['ranges with a gap', ['10.0.0.0-10.0.0.3', '10.0.0.5-10.0.0.9'], ['10.0.0.0-10.0.0.3', '10.0.0.5-10.0.0.9']],
    ['a range inside another', ['10.0.0.0/8', '10.1.0.0/16', '10.255.255.255'], ['10.0.0.0-10.255.255.255']],
    ['the same range twice', ['::1', '::1'], ['::1-::1']],
    [
      'the last address of one family and the first of the other',
      ['::', '255.255.255.255'],
      ['255.255.255.255-255.255.255.255', '::-::'],
    ],
  ])('joins %s', (_, texts, ranges) => {
    expect(show(setOf(...texts))).toEqual(ranges);
  });

  test('has exactly the addresses of the ranges, in canonical form, whatever their order', () => {
    fc.assert(
      fc.property(lists, (ranges) => {
        const set = addressSet(ranges);
        expectCanonical(set);
        expect(membersOf(set.ranges)).toEqual(membersOf(ranges));
        expect(addressSet([...ranges].reverse())).toEqual(set);
      }),
      { numRuns: 300 },
    );
  });

  test('leaves the ranges it is given as they are', () => {
    const ranges = ['10.0.0.3-10.0.0.9', '10.0.0.0-10.0.0.5'].map(parseRange);
    addressSet(ranges);
    expect(ranges.map(formatRange)).toEqual(['10.0.0.3-10.0.0.9', '10.0.0.0-10.0.0.5']);
  });
});

describe('the algebra', () => {
  test('agrees with the addresses one by one', () => {
    fc.assert(
      fc.property(lists, lists, (listA, listB) => {
        const [a, b] = [listA, listB].map(addressSet);
        const [inA, inB] = [listA, listB].map((list) => new Set(membersOf(list)));
        const keys = windowAddresses().map(addressKey);
        expect(membersOf(union(a, b).ranges)).toEqual(keys.filter((key) => inA.has(key) || inB.has(key)));
        expect(membersOf(intersection(a, b).ranges)).toEqual(keys.filter((key) => inA.has(key) && inB.has(key)));
        expect(membersOf(difference(a, b).ranges)).toEqual(keys.filter((key) => inA.has(key) && !inB.has(key)));
        for (const family of IP_FAMILIES) {
          const others = keys.filter((key) => key.startsWith(family) && !inA.has(key));
          expect(membersOf(complement(a, family).ranges)).toEqual(others);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('yields canonical sets', () => {
    fc.assert(
      fc.property(addressSets, addressSets, (a, b) => {
        for (const set of [
          union(a, b),
          intersection(a, b),
          difference(a, b),
          ...IP_FAMILIES.map((f) => complement(a, f)),
        ]) {
          expectCanonical(set);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('union and intersection are commutative, associative, idempotent and absorb each other', () => {
    fc.assert(
      fc.property(addressSets, addressSets, addressSets, (a, b, c) => {
        for (const [join, meet] of [[union, intersection] as const, [intersection, union] as const]) {
          expect(join(a, b)).toEqual(join(b, a));
          expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
          expect(join(a, a)).toEqual(a);
          expect(join(a, meet(a, b))).toEqual(a);
          expect(join(a, meet(b, c))).toEqual(meet(join(a, b), join(a, c)));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('has the empty set and the whole space as its ends', () => {
    const all = union(complement(EMPTY, 'IPv4'), complement(EMPTY, 'IPv6'));
    expect(setToCidrs(all).map(formatCidr)).toEqual(['0.0.0.0/0', '::/0']);
    fc.assert(
      fc.property(addressSets, (a) => {
        expect(union(a, EMPTY)).toEqual(a);
        expect(union(a, all)).toEqual(all);
        expect(intersection(a, EMPTY)).toEqual(EMPTY);
        expect(intersection(a, all)).toEqual(a);
        expect(difference(a, a)).toEqual(EMPTY);
      }),
    );
  });

  test.each(IP_FAMILIES)('follows De Morgan in %s, and the complement undoes itself', (family) => {
    const all = complement(EMPTY, family);
    fc.assert(
      fc.property(addressSets, addressSets, (anyA, anyB) => {
        const [a, b] = [anyA, anyB].map((set) => intersection(set, all));
        const not = (set: AddressSet): AddressSet => complement(set, family);
        expect(not(not(a))).toEqual(a);
        expect(not(union(a, b))).toEqual(intersection(not(a), not(b)));
        expect(not(intersection(a, b))).toEqual(union(not(a), not(b)));
        expect(difference(a, b)).toEqual(intersection(a, not(b)));
        expect(intersection(a, not(a))).toEqual(EMPTY);
        expect(union(a, not(a))).toEqual(all);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, AddressSet, string[]]>([
    ['union', union(setOf('10.0.0.0/25'), setOf('10.0.0.128/25', '::1')), ['10.0.0.0-10.0.0.255', '::1-::1']],
    ['intersection', intersection(setOf('10.0.0.0/8', '::/0'), setOf('10.1.0.0/16')), ['10.1.0.0-10.1.255.255']],
    [
      'difference',
      difference(setOf('10.0.0.0/29'), setOf('10.0.0.3', '::')),
      ['10.0.0.0-10.0.0.2', '10.0.0.4-10.0.0.7'],
    ],
    ['complement', complement(setOf('0.0.0.0/1', '::/1'), 'IPv6'), ['8000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']],
  ])('%s', (_, set, ranges) => {
    expect(show(set)).toEqual(ranges);
  });
});

describe('setHas and setCovers', () => {
  test('find every address of the set and no other', () => {
    fc.assert(
      fc.property(addressSets, (set) => {
        const found = windowAddresses().filter((address) => setHas(set, address));
        expect(found.map(addressKey)).toEqual(membersOf(set.ranges));
      }),
    );
  });

  test('cover a range when they have all of it', () => {
    fc.assert(
      fc.property(addressSets, closeRanges, (set, range) => {
        const members = new Set(membersOf(set.ranges));
        expect(setCovers(set, range)).toBe(membersOf([range]).every((key) => members.has(key)));
      }),
      { numRuns: 300 },
    );
  });

  test('keep the families apart', () => {
    const set = setOf('0.0.0.0/0');
    expect(setHas(set, parseAddress('::a'))).toBe(false);
    expect(setCovers(set, parseRange('::1-::a'))).toBe(false);
    expect(setHas(EMPTY, parseAddress('10.0.0.1'))).toBe(false);
  });
});

describe('setSize', () => {
  test('counts the addresses of one family', () => {
    const set = setOf('10.0.0.0/24', '10.0.2.1', 'fd00::/64');
    expect(setSize(set, 'IPv4')).toBe(257n);
    expect(setSize(set, 'IPv6')).toBe(18446744073709551616n);
    expect(setSize(EMPTY, 'IPv4')).toBe(0n);
  });

  test('adds up: |a| + |b| = |a ∪ b| + |a ∩ b|', () => {
    fc.assert(
      fc.property(addressSets, addressSets, families, (a, b, family) => {
        const [sizeA, sizeB, both, shared] = [a, b, union(a, b), intersection(a, b)].map((set) => setSize(set, family));
        expect(sizeA + sizeB).toBe(both + shared);
      }),
    );
  });
});

describe('setToCidrs', () => {
  test('lists the blocks of both families in order', () => {
    expect(setToCidrs(setOf('::1', '10.0.0.0/24', '10.0.1.0/25')).map(formatCidr)).toEqual([
      '10.0.0.0/24',
      '10.0.1.0/25',
      '::1/128',
    ]);
  });

  test('is undone by addressSet', () => {
    fc.assert(
      fc.property(addressSets, (set) => {
        expect(addressSet(setToCidrs(set).map(rangeOfCidr))).toEqual(set);
      }),
    );
  });
});
