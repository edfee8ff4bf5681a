import fc from 'fast-check';
import { cidrHas, formatCidr } from '../../lib/address';
import { readCidr, readIpAddress, readMaskedCidr, readRange } from '../../lib/model';
import { cidrs } from '../address/arbitraries';

test.each([
  ['10.0.0.9/24', '10.0.0.0/24'],
  ['10.0.0.0/24', '10.0.0.0/24'],
  ['fd00::9/64', 'fd00::/64'],
  ['10.0.0.9/0', '0.0.0.0/0'],
  ['10.0.0.9/32', '10.0.0.9/32'],
  ['10.0.0.9/33', undefined],
  ['10.0.0.9/024', undefined],
  ['10.0.0.9', undefined],
  ['10.0.0/24', undefined],
  ['/24', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s without its host bits is %s', (text, expected) => {
  const cidr = readMaskedCidr(text);
  expect(cidr && formatCidr(cidr)).toBe(expected);
});

test('what the strict reader takes is taken as it is', () => {
  fc.assert(
    fc.property(cidrs, (cidr) => {
      expect(readMaskedCidr(formatCidr(cidr))).toEqual(cidr);
      expect(readCidr(formatCidr(cidr))).toEqual(cidr);
      expect(cidrHas(cidr, { family: cidr.family, value: cidr.base })).toBe(true);
    }),
  );
});

test('what cannot be read is undefined', () => {
  expect([readIpAddress('x'), readCidr('10.0.0.1/24'), readRange('b-a'), readRange(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
