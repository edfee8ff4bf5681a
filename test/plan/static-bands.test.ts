import { formatRange, parseCidr } from '../../lib/address';
import { nodePortStaticBand, reservedServiceAddresses, serviceStaticBand } from '../../lib/plan';

// The table of KEP-3070, with /28 as the code of the allocator has it.
test.each([
  ['10.96.0.0/12', '10.96.0.1-10.96.1.0'],
  ['10.96.0.0/16', '10.96.0.1-10.96.1.0'],
  ['10.96.0.0/20', '10.96.0.1-10.96.1.0'],
  ['10.96.0.0/22', '10.96.0.1-10.96.0.64'],
  ['10.96.0.0/24', '10.96.0.1-10.96.0.16'],
  ['10.96.0.0/27', '10.96.0.1-10.96.0.16'],
  ['10.96.0.0/28', null],
  ['fd00::/112', 'fd00::1-fd00::100'],
  ['fd00::/64', 'fd00::1-fd00::100'],
])('the static band of %s is %s', (cidr, band) => {
  const actual = serviceStaticBand(parseCidr(cidr));
  expect(actual === null ? null : formatRange(actual)).toBe(band);
});

test.each([
  [30000, 32767, { first: 30000, last: 30085 }],
  [20000, 32767, { first: 20000, last: 20127 }],
  [30000, 30016, { first: 30000, last: 30015 }],
  [30000, 30015, null],
  [30000, 30000, null],
])('the static band of the ports %i-%i', (first, last, band) => {
  expect(nodePortStaticBand({ first, last })).toEqual(band);
});

test('.1 and .10 are reserved where the range has them', () => {
  expect(reservedServiceAddresses(parseCidr('10.96.0.0/28')).map(({ value }) => value & 0xffn)).toEqual([1n, 10n]);
  expect(reservedServiceAddresses(parseCidr('10.96.0.0/29')).map(({ value }) => value & 0xffn)).toEqual([1n]);
});
