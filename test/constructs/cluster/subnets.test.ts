import fc from 'fast-check';
import { cidrAt, cidrContains, findOverlaps, formatCidr, parseCidr, rangeOfCidr } from '../../../lib/address';
import { Subnets } from '../../../lib/constructs/cluster/subnets';

test.each([
  ['10.2.0.0/16', 1, ['10.2.0.0/16']],
  ['10.2.0.0/16', 2, ['10.2.0.0/17', '10.2.128.0/17']],
  ['10.2.0.0/16', 3, ['10.2.0.0/18', '10.2.64.0/18', '10.2.128.0/18']],
  ['10.2.0.0/16', 4, ['10.2.0.0/18', '10.2.64.0/18', '10.2.128.0/18', '10.2.192.0/18']],
  ['192.0.2.0/31', 2, ['192.0.2.0/32', '192.0.2.1/32']],
  ['0.0.0.0/0', 2, ['0.0.0.0/1', '128.0.0.0/1']],
  ['fd42::/56', 3, ['fd42::/58', 'fd42:0:0:40::/58', 'fd42:0:0:80::/58']],
  ['::/0', 2, ['::/1', '8000::/1']],
])('%s in %i parts', (cidr, count, expected) => {
  expect(Subnets.split(cidr, count)).toEqual(expected);
});

test.each([
  ['10.2.0.0/16', 0, '10.2.0.0/16 cannot be cut into 0 parts: give a whole number, at least 1'],
  ['10.2.0.0/16', -3, '10.2.0.0/16 cannot be cut into -3 parts: give a whole number, at least 1'],
  ['10.2.0.0/16', 2.5, '10.2.0.0/16 cannot be cut into 2.5 parts: give a whole number, at least 1'],
  ['10.2.0.0/16', NaN, '10.2.0.0/16 cannot be cut into NaN parts: give a whole number, at least 1'],
  ['10.2.0.0/30', 5, '10.2.0.0/30 cannot be cut into 5 parts: it has room for 4 at most'],
  ['10.2.0.7/32', 2, '10.2.0.7/32 cannot be cut into 2 parts: it has room for 1 at most'],
])('%s in %d parts is refused', (cidr, count, message) => {
  expect(() => Subnets.split(cidr, count)).toThrow(new RangeError(message));
});

test('text that is no CIDR is refused', () => {
  expect(() => Subnets.split('10.2.0.5/16', 2)).toThrow(/10\.2\.0\.0\/16/);
});

test('parts are inside of the CIDR, disjoint, of one size, and at least half of it is used', () => {
  const cases = fc
    .record({ bits: fc.integer({ min: 0, max: 32 }), value: fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }) })
    .chain(({ bits, value }) => {
      const prefix = 32 - bits;
      const whole = cidrAt('IPv4', (value >> BigInt(bits)) << BigInt(bits), prefix);
      return fc.record({ whole: fc.constant(whole), count: fc.integer({ min: 1, max: 2 ** Math.min(bits, 8) }) });
    });
  fc.assert(
    fc.property(cases, ({ whole, count }) => {
      const parts = Subnets.split(formatCidr(whole), count).map(parseCidr);
      expect(parts).toHaveLength(count);
      expect(parts.every((part) => cidrContains(whole, part))).toBe(true);
      expect(findOverlaps(parts, rangeOfCidr)).toEqual([]);
      expect(new Set(parts.map(({ prefix }) => prefix)).size).toBe(1);
      const used = BigInt(count) << BigInt(32 - (parts[0]?.prefix ?? 0));
      expect(used * 2n > 1n << BigInt(32 - whole.prefix)).toBe(true);
    }),
  );
});
