import { formatRange } from '../../lib/address';
import { readLoadBalancerPool } from '../../lib/model';
import { objectOf } from './model-objects';

const METALLB = 'apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: { name: a, namespace: lb }';
const CILIUM = 'apiVersion: cilium.io/v2, kind: CiliumLoadBalancerIPPool, metadata: { name: a }';

test.each([
  [
    `{ ${METALLB}, spec: { addresses: [192.0.2.0/30, 192.0.2.9 - 192.0.2.10, 192.0.2.77/30, x, 7] } }`,
    [
      'MetalLB lb/a',
      '192.0.2.0-192.0.2.3 spec.addresses.0',
      '192.0.2.9-192.0.2.10 spec.addresses.1',
      '192.0.2.76-192.0.2.79 spec.addresses.2',
    ],
  ],
  [`{ ${METALLB} }`, ['MetalLB lb/a']],
  [`{ ${METALLB}, spec: { addresses: [], serviceAllocation: {} } }`, ['MetalLB lb/a', 'selective']],
  [
    `{ ${CILIUM}, spec: { disabled: true, blocks: [{ cidr: 'fd00::/127' }, { start: 192.0.2.1, stop: 192.0.2.2 }, { start: 192.0.2.5 }, {}] } }`,
    [
      'Cilium null/a',
      'disabled',
      'fd00::-fd00::1 spec.blocks.0',
      '192.0.2.1-192.0.2.2 spec.blocks.1',
      '192.0.2.5-192.0.2.5 spec.blocks.2',
    ],
  ],
  [
    `{ ${CILIUM}, spec: { serviceSelector: {}, cidrs: [{ cidr: 192.0.2.0/31 }] } }`,
    ['Cilium null/a', 'selective', '192.0.2.0-192.0.2.1 spec.cidrs.0'],
  ],
])('%s', (yaml, expected) => {
  const pool = readLoadBalancerPool(objectOf(yaml));
  expect(
    pool && [
      `${pool.implementation} ${String(pool.namespace)}/${pool.name}`,
      ...(pool.disabled ? ['disabled'] : []),
      ...(pool.selective ? ['selective'] : []),
      ...pool.blocks.map(({ range, path }) => `${formatRange(range)} ${path.join('.')}`),
    ],
  ).toEqual(expected);
});

test('other kinds, and the same kind of another group, are no pools', () => {
  expect(readLoadBalancerPool(objectOf('{ apiVersion: v1, kind: Service, metadata: { name: a } }'))).toBeUndefined();
  expect(
    readLoadBalancerPool(objectOf('{ apiVersion: example.com/v1, kind: IPAddressPool, metadata: { name: a } }')),
  ).toBeUndefined();
});
