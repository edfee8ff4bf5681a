import { formatAddress, formatCidr } from '../../lib/address';
import { readNode } from '../../lib/model';
import { objectOf } from './model-objects';

function node(fields: string): string[] {
  const { podCidrs, internalIps } = readNode(
    objectOf(`{ apiVersion: v1, kind: Node, metadata: { name: a }, ${fields} }`),
  );
  return [
    ...podCidrs.map(({ value, path }) => `${formatCidr(value)} ${path.join('.')}`),
    ...internalIps.map(({ value, path }) => `${formatAddress(value)} ${path.join('.')}`),
  ];
}

test.each([
  [
    "spec: { podCIDR: 10.1.0.0/24, podCIDRs: [10.1.0.0/24, 'fd00:0::/64', x] }",
    ['10.1.0.0/24 spec.podCIDRs.0', 'fd00::/64 spec.podCIDRs.1'],
  ],
  ['spec: { podCIDR: 10.1.0.0/24 }', ['10.1.0.0/24 spec.podCIDR']],
  ['spec: null', []],
  [
    'status: { addresses: [{ type: Hostname, address: a }, { type: InternalIP, address: 192.0.2.1 }, { type: InternalIP, address: x }, 7] }',
    ['192.0.2.1 status.addresses.1.address'],
  ],
])('%s', (fields, expected) => {
  expect(node(fields)).toEqual(expected);
});
