import fc from 'fast-check';
import { cidrHas, parseCidr } from '../../lib/address';
import { cidrList, coveringCidr } from '../../lib/rules/addresses';
import { addresses, cidrs } from '../address/arbitraries';

test('the covering CIDR is the largest one around the address', () => {
  fc.assert(
    fc.property(fc.array(cidrs, { maxLength: 20 }), addresses, (ranges, address) => {
      const around = ranges.filter((cidr) => cidrHas(cidr, address));
      const found = coveringCidr(ranges, address);
      expect(found?.prefix).toBe(around.length === 0 ? undefined : Math.min(...around.map(({ prefix }) => prefix)));
      expect(found === undefined || cidrHas(found, address)).toBe(true);
    }),
  );
});

test.each([
  [0, 'no range'],
  [2, '10.0.0.0/24, 10.0.1.0/24'],
  [12, expect.stringMatching(/^10\.0\.0\.0\/24, .* and 2 more$/)],
])('a list of %i ranges is short', (count, text) => {
  expect(cidrList(Array.from({ length: count }, (_, index) => parseCidr(`10.0.${index}.0/24`)))).toEqual(text);
});
