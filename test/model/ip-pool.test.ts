import { formatCidr } from '../../lib/address';
import { readInstallationPools, readIpPool } from '../../lib/model';
import { objectOf } from './model-objects';

function pool(spec: string): ReturnType<typeof readIpPool> {
  return readIpPool(
    objectOf(`{ apiVersion: projectcalico.org/v3, kind: IPPool, metadata: { name: p }, spec: ${spec} }`),
  );
}

test.each([
  ['{ cidr: 10.48.0.0/16 }', '10.48.0.0/16', 26, false, true],
  ["{ cidr: 'fd00:48::/64' }", 'fd00:48::/64', 122, false, true],
  ['{ cidr: 10.48.0.0/16, blockSize: 28, disabled: true }', '10.48.0.0/16', 28, true, true],
  ['{ cidr: 10.48.0.0/16, blockSize: 0, allowedUses: [] }', '10.48.0.0/16', 26, false, true],
  ["{ cidr: 10.48.0.0/16, blockSize: '28', disabled: 'true' }", '10.48.0.0/16', 26, false, true],
  ['{ cidr: 10.48.0.0/16, allowedUses: [Tunnel, Workload] }', '10.48.0.0/16', 26, false, true],
  ['{ cidr: 10.48.0.0/16, allowedUses: [Tunnel] }', '10.48.0.0/16', 26, false, false],
  ['{ cidr: 10.48.0.0/16, allowedUses: [LoadBalancer] }', '10.48.0.0/16', 26, false, false],
])('%s: %s, block size %j, disabled %j, for workloads %j', (spec, cidr, blockSize, disabled, forWorkloads) => {
  const read = pool(spec);
  expect(read && [formatCidr(read.cidr), read.blockSize, read.disabled, read.forWorkloads, read.name]).toEqual([
    cidr,
    blockSize,
    disabled,
    forWorkloads,
    'p',
  ]);
});

test.each([
  'null',
  '{}',
  '{ cidr: 10.48.0.1/16 }',
  '{ cidr: 10.48.0.0 }',
  '{ cidr: 10.48 }',
  '{ cidr: [10.48.0.0/16] }',
])('a pool with spec %s has no addresses', (spec) => {
  expect(pool(spec)).toBeUndefined();
});

test('the pools of an Installation are in it, those that can be read', () => {
  const installation = objectOf(`
    apiVersion: operator.tigera.io/v1
    kind: Installation
    metadata: { name: default }
    spec:
      calicoNetwork:
        ipPools:
          - { name: a, cidr: 10.48.0.0/16, blockSize: 24, disableNewAllocations: true }
          - { cidr: x }
          - { cidr: 'fd00:48:0::/64', allowedUses: [LoadBalancer] }
  `);
  expect(
    readInstallationPools(installation).map((read) => [
      read.name,
      read.path.join('.'),
      formatCidr(read.cidr),
      read.cidrText,
      read.blockSize,
      read.disabled,
      read.forLoadBalancers,
    ]),
  ).toEqual([
    ['a', 'spec.calicoNetwork.ipPools.0', '10.48.0.0/16', '10.48.0.0/16', 24, true, false],
    ['fd00:48:0::/64', 'spec.calicoNetwork.ipPools.2', 'fd00:48::/64', 'fd00:48:0::/64', 122, false, true],
  ]);
});

test.each([
  ['IPPool', '{ cidr: 10.48.0.0/16 }', undefined],
  ['IPPool', '{ cidr: 10.48.0.0/16, ipipMode: Never, vxlanMode: Never }', undefined],
  ['IPPool', '{ cidr: 10.48.0.0/16, ipipMode: CrossSubnet }', 'IPIP'],
  ['IPPool', '{ cidr: 10.48.0.0/16, vxlanMode: Always }', 'VXLAN'],
  ['IPPool', "{ cidr: 'fd00:48::/64', ipipMode: Always }", undefined],
  ['IPPool', "{ cidr: 'fd00:48::/64', vxlanMode: CrossSubnet }", 'VXLAN'],
  ['IPPool', '{ cidr: 10.48.0.0/16, encapsulation: VXLAN }', undefined],
  ['Installation', '{ cidr: 10.48.0.0/16 }', 'IPIP'],
  ['Installation', "{ cidr: 'fd00:48::/64' }", undefined],
  ['Installation', '{ cidr: 10.48.0.0/16, encapsulation: None }', undefined],
  ['Installation', '{ cidr: 10.48.0.0/16, encapsulation: IPIPCrossSubnet }', 'IPIP'],
  ['Installation', "{ cidr: 'fd00:48::/64', encapsulation: VXLANCrossSubnet }", 'VXLAN'],
])('%s %s is encapsulated in %s', (kind, fields, encapsulation) => {
  const read =
    kind === 'IPPool'
      ? pool(fields)
      : readInstallationPools(
          objectOf(
            `{ apiVersion: operator.tigera.io/v1, kind: Installation, metadata: { name: default }, spec: { calicoNetwork: { ipPools: [${fields}] } } }`,
          ),
        ).at(0);
  expect(read).toBeDefined();
  expect(read?.encapsulation).toBe(encapsulation);
});
