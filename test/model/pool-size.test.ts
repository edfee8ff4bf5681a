import fc from 'fast-check';
import { type LoadBalancerPool, networkModel, poolSize } from '../../lib/model';
import { facts, objects } from '../rules/expectations';

function pool(text: string): LoadBalancerPool {
  return networkModel(objects(`[{ ${text} }]`), facts()).loadBalancerPools[0];
}

test.each([
  ['IPAddressPool lb/a: { addresses: [192.0.2.0/24] }', 256n, 0n],
  ['IPAddressPool lb/a: { addresses: [192.0.2.0/24, 192.0.2.128/25] }', 256n, 0n],
  ['IPAddressPool lb/a: { addresses: [192.0.2.0/24], avoidBuggyIPs: true }', 254n, 0n],
  ['IPAddressPool lb/a: { addresses: [10.0.0.0/16], avoidBuggyIPs: true }', 65024n, 0n],
  ['IPAddressPool lb/a: { addresses: ["fd00::/120"], avoidBuggyIPs: true }', 0n, 256n],
  ['IPAddressPool lb/a: { addresses: [nonsense] }', undefined, undefined],
  ['CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 192.0.2.0/29 }, { start: 192.0.2.9 }] }', 9n, 0n],
  [
    'CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 192.0.2.0/29 }, { cidr: 192.0.3.0/31 }], allowFirstLastIPs: "No" }',
    8n,
    0n,
  ],
])('%s', (text, four, six) => {
  expect([poolSize(pool(text), 'IPv4'), poolSize(pool(text), 'IPv6')]).toEqual([four, six]);
});

test('as many as are left when each address is looked at', () => {
  const last = fc.integer({ min: 0, max: 1023 });
  fc.assert(
    fc.property(last, last, (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      const text = (value: number): string => `10.0.${value >> 8}.${value & 255}`;
      const kept = Array.from({ length: to - from + 1 }, (_, index) => (from + index) & 255).filter(
        (ending) => ending !== 0 && ending !== 255,
      );
      const size = poolSize(
        pool(`IPAddressPool lb/a: { addresses: [${text(from)}-${text(to)}], avoidBuggyIPs: true }`),
        'IPv4',
      );
      expect(size).toBe(BigInt(kept.length));
    }),
  );
});
