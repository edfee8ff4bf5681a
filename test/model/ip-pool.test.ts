import { formatCidr } from '../../lib/address';
import { readIpPool } from '../../lib/model';
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
