import fc from 'fast-check';
import {
  addressBits,
  compareRanges,
  formatCidr,
  formatRange,
  lastAddress,
  parseCidr,
  parseRange,
  rangeOfCidr,
  rangesOverlap,
  rangeToCidrs,
  type AddressRange,
} from '../../lib/address';
import { addresses, closeRanges, expectTotalOrder, membersOf } from './arbitraries';
import { refusal } from './refusal';

const EXAMPLES = 'write one such as 10.0.0.10-10.0.0.20, 10.0.0.0/24 or fd00::10-fd00::20';

const wideRanges: fc.Arbitrary<AddressRange> = fc
  .tuple(addresses, addresses)
  .filter(([a, b]) => a.family === b.family)
  .map(([a, b]) => ({
    family: a.family,
    first: a.value < b.value ? a.value : b.value,
    last: a.value < b.value ? b.value : a.value,
  }));

const anyRanges = fc.oneof(closeRanges, wideRanges);

describe('parseRange', () => {
  test.each<[string, string]>([
    ['10.0.0.1-10.0.0.9', '10.0.0.1-10.0.0.9'],
    ['10.0.0.1-10.0.0.1', '10.0.0.1-10.0.0.1'],
    ['10.0.0.0/24', '10.0.0.0-10.0.0.255'],
    ['10.0.0.5', '10.0.0.5-10.0.0.5'],
    ['FD00::1-fd00::A', 'fd00::1-fd00::a'],
    ['fd00::/64', 'fd00::-fd00::ffff:ffff:ffff:ffff'],
    ['::', '::-::'],
  ])('reads %s as %s', (text, canonical) => {
    expect(formatRange(parseRange(text))).toBe(canonical);
  });

  test.each<[string, string]>([
    ['10.0.0.9-10.0.0.1', '10.0.0.9-10.0.0.1 ends before it starts: did you mean 10.0.0.1-10.0.0.9?'],
    ['10.0.0.9-::1', '10.0.0.9-::1 goes from IPv4 to IPv6: write one range for each family'],
    ['::1-10.0.0.9', '::1-10.0.0.9 goes from IPv6 to IPv4: write one range for each family'],
    ['10.0.0.1-10.0.0.2-10.0.0.3', `10.0.0.1-10.0.0.2-10.0.0.3 has more than one dash: ${EXAMPLES}`],
    [
      '10.0.0.1 - 10.0.0.2',
      '"10.0.0.1 - 10.0.0.2" is not an address range, "10.0.0.1 " contains white space and " 10.0.0.2" contains white space: did you mean 10.0.0.1-10.0.0.2?',
    ],
    [
      '10.0.0.1-20',
      '10.0.0.1-20 is not an address range, 20 is one integer instead of four octets: did you mean 10.0.0.1-10.0.0.20?',
    ],
    ['fd00::1-a', 'fd00::1-a is not an address range, a is not an IP address: did you mean fd00::1-fd00::a?'],
    ['10.0.0.20-5', `10.0.0.20-5 is not an address range, 5 is one integer instead of four octets: ${EXAMPLES}`],
    [
      '10.0.0.1-10.0.0.999',
      `10.0.0.1-10.0.0.999 is not an address range, 10.0.0.999 has the octet 999, above 255: ${EXAMPLES}`,
    ],
    [
      '10.0.0.1-010.0.0.2',
      '10.0.0.1-010.0.0.2 is not an address range, 010.0.0.2 has leading zeros, which some programs read as octal: did you mean 10.0.0.1-10.0.0.2?',
    ],
    ['10.1-10.0.0.2', `10.1-10.0.0.2 is not an address range, 10.1 has 2 octets instead of four: ${EXAMPLES}`],
    ['10.0.0.1-', `10.0.0.1- is not an address range, "" is not an IP address: ${EXAMPLES}`],
    ['my-host', `my-host is not an address range, my is not an IP address and host is not an IP address: ${EXAMPLES}`],
    ['10.0.0.5/24', '10.0.0.5/24 has host bits set: did you mean 10.0.0.0/24 or 10.0.0.5/32?'],
    ['010.0.0.5', '010.0.0.5 has leading zeros, which some programs read as octal: did you mean 10.0.0.5?'],
  ])('refuses %j', (text, message) => {
    expect(refusal(parseRange, text)).toBe(message);
  });

  test('undoes formatRange', () => {
    fc.assert(
      fc.property(anyRanges, (range) => {
        fc.pre(range.family === 'IPv4' || (range.first >> 32n !== 0xffffn && range.last >> 32n !== 0xffffn));
        expect(parseRange(formatRange(range))).toEqual(range);
      }),
    );
  });
});

describe('rangeToCidrs', () => {
  test.each<[string, string[]]>([
    ['10.0.0.0-10.0.0.255', ['10.0.0.0/24']],
    ['10.0.0.1-10.0.0.1', ['10.0.0.1/32']],
    ['10.0.0.1-10.0.0.6', ['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/31', '10.0.0.6/32']],
    ['10.0.0.255-10.0.1.0', ['10.0.0.255/32', '10.0.1.0/32']],
    ['0.0.0.0-255.255.255.255', ['0.0.0.0/0']],
    ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['::/0']],
    ['fd00::-fd00:0:0:2:ffff:ffff:ffff:ffff', ['fd00::/63', 'fd00:0:0:2::/64']],
  ])('covers %s', (text, list) => {
    expect(rangeToCidrs(parseRange(text)).map(formatCidr)).toEqual(list);
  });

  test('covers all but the ends of a family with two blocks of each size', () => {
    const range: AddressRange = { family: 'IPv6', first: 1n, last: (1n << 128n) - 2n };
    const prefixes = rangeToCidrs(range).map((cidr) => cidr.prefix);
    const descending = Array.from({ length: 127 }, (_, index) => 128 - index);
    expect(prefixes).toEqual([...descending, ...[...descending].reverse()]);
  });

  test('covers exactly the range, in order, without overlap', () => {
    fc.assert(
      fc.property(anyRanges, (range) => {
        const cidrs = rangeToCidrs(range);
        expect(cidrs[0].base).toBe(range.first);
        expect(cidrs.slice(1).map((cidr) => cidr.base)).toEqual(
          cidrs.slice(0, -1).map((cidr) => lastAddress(cidr) + 1n),
        );
        expect(lastAddress(cidrs[cidrs.length - 1])).toBe(range.last);
      }),
    );
  });

  test('finds the shortest list there is', () => {
    fc.assert(
      fc.property(closeRanges, (range) => {
        expect(rangeToCidrs(range)).toHaveLength(fewestBlocks(range));
        expect(membersOf(rangeToCidrs(range).map(rangeOfCidr))).toEqual(membersOf([range]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('rangeOfCidr', () => {
  test.each(['0.0.0.0/0', '10.0.0.0/8', '10.0.0.1/32', '::/0', 'fd00::/8', '::1/128'])('is undone for %s', (text) => {
    expect(rangeToCidrs(rangeOfCidr(parseCidr(text)))).toEqual([parseCidr(text)]);
  });
});

test.each([
  ['10.0.0.0/24', '10.0.0.255-10.0.1.3', true],
  ['10.0.0.0/24', '10.0.0.7', true],
  ['10.0.0.0/24', '10.0.1.0/24', false],
  ['fd00::/64', '10.0.0.0/8', false],
])('%s and %s have addresses in common: %s', (a, b, expected) => {
  expect(rangesOverlap(parseRange(a), parseRange(b))).toBe(expected);
  expect(rangesOverlap(parseRange(b), parseRange(a))).toBe(expected);
});

describe('compareRanges', () => {
  test('is a total order', () => {
    expectTotalOrder(anyRanges, compareRanges, formatRangeKey);
  });

  test('sorts by family, first address, and the longer range first', () => {
    const sorted = [
      '9.0.0.0-9.0.0.1',
      '10.0.0.0-10.0.0.9',
      '10.0.0.0-10.0.0.2',
      '10.0.0.1-10.0.0.3',
      '::-::1',
      '::-::',
    ];
    expect([...sorted].reverse().map(parseRange).sort(compareRanges).map(formatRange)).toEqual(sorted);
  });
});

/** By trying every aligned block at every address, from the end. */
function fewestBlocks({ family, first, last }: AddressRange): number {
  const fewest = new Map<bigint, number>([[last + 1n, 0]]);
  for (let at = last; at >= first; at--) {
    let best = Infinity;
    for (let bits = 0n; bits <= BigInt(addressBits(family)); bits++) {
      const size = 1n << bits;
      if (at % size === 0n && at + size <= last + 1n) best = Math.min(best, 1 + (fewest.get(at + size) ?? Infinity));
    }
    fewest.set(at, best);
  }
  return fewest.get(first) ?? Infinity;
}

function formatRangeKey({ family, first, last }: AddressRange): string {
  return `${family} ${String(first)} ${String(last)}`;
}
