import fc from 'fast-check';
import type { AddressRange } from '../../lib/address';
import { indexRanges, overlapping, overlapsAny } from '../../lib/plan/range-index';

const arbitraryRange = fc
  .tuple(
    fc.constantFrom('IPv4' as const, 'IPv6' as const),
    fc.integer({ min: 0, max: 40 }),
    fc.integer({ min: 0, max: 12 }),
  )
  .map(([family, first, length]): AddressRange => ({ family, first: BigInt(first), last: BigInt(first + length) }));

test('finds exactly the ranges that share an address, by first address', () => {
  fc.assert(
    fc.property(fc.array(arbitraryRange), arbitraryRange, (ranges, wanted) => {
      const index = indexRanges(ranges, (range) => range);
      const expected = ranges.filter(
        ({ family, first, last }) => family === wanted.family && first <= wanted.last && wanted.first <= last,
      );
      const found = [...overlapping(index, wanted)];
      expect(found.map(({ first }) => first)).toEqual(expected.map(({ first }) => first).sort((a, b) => Number(a - b)));
      expect(new Set(found)).toEqual(new Set(expected));
      expect(overlapsAny(index, wanted)).toBe(expected.length > 0);
    }),
    { numRuns: 500 },
  );
});
