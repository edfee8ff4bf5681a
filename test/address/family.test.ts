import { addressBits, IP_FAMILIES } from '../../lib/address';

test('the families with the length of their addresses, in their order', () => {
  expect(IP_FAMILIES.map((family) => [family, addressBits(family)])).toEqual([
    ['IPv4', 32],
    ['IPv6', 128],
  ]);
});
