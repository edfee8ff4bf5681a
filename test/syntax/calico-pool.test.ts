import { parseCidr } from '../../lib/address';
import {
  type CalicoPool,
  linkLocalProblems,
  poolSelectorProblems,
  settingProblems,
  smallPoolProblems,
} from '../../lib/syntax/calico-pool';

const V4 = parseCidr('10.48.0.0/16');
const V6 = parseCidr('fd00::/48');

test.each([
  ['10.48.0.0/16', []],
  ['169.254.10.0/24', ['cidr']],
  ['169.0.0.0/8', ['cidr']],
  ['fe80::/64', ['cidr']],
  ['fd00::/48', []],
])('%s as link-local space', (cidr, fields) => {
  expect(linkLocalProblems({ cidr: parseCidr(cidr) }).flatMap(({ field }) => field)).toEqual(fields);
});

test.each<[CalicoPool, CalicoPool[keyof CalicoPool][]]>([
  [{}, []],
  [{ cidr: V4, blockSize: 20 }, []],
  [{ cidr: V4, blockSize: 33 }, ['blockSize']],
  [{ cidr: V4, blockSize: 26.5 }, ['blockSize']],
  [{ cidr: V6, blockSize: 26 }, ['blockSize']],
  [{ cidr: V4, ipipMode: 'Always', vxlanMode: 'Never' }, []],
  [{ cidr: V4, ipipMode: 'Always', vxlanMode: 'Always' }, ['vxlanMode']],
  [{ cidr: V6, ipipMode: 'CrossSubnet' }, ['ipipMode']],
  [{ cidr: V6, encapsulation: 'IPIPCrossSubnet' }, ['encapsulation']],
  [{ cidr: V6, encapsulation: 'VXLAN' }, []],
  [{ allowedUses: ['Tunnel'], namespaceSelector: 'all()' }, ['namespaceSelector']],
  [{ allowedUses: ['LoadBalancer'], nodeSelector: 'all()', ipipMode: 'Never' }, []],
  [
    { allowedUses: ['LoadBalancer'], nodeSelector: '!all()', disableBGPExport: true },
    ['nodeSelector', 'disableBGPExport'],
  ],
  [{ allowedUses: ['LoadBalancer', 'Workload'], vxlanMode: 'Always' }, ['allowedUses', 'vxlanMode']],
])('settings %#', (pool, fields) => {
  expect(settingProblems(pool).flatMap(({ field }) => field)).toEqual(fields);
});

test('a pool holds a block, unless it is disabled', () => {
  expect(smallPoolProblems({ cidr: parseCidr('10.0.0.0/27') }).map(({ help }) => help)).toEqual([
    'use a blockSize from 27 to 32, or a larger pool',
  ]);
  expect(smallPoolProblems({ cidr: parseCidr('10.0.0.0/27'), disabled: true })).toEqual([]);
  expect(smallPoolProblems({ cidr: parseCidr('10.0.0.0/27'), blockSize: 27 })).toEqual([]);
});

test('selectors of a pool', () => {
  expect(
    poolSelectorProblems({ nodeSelector: 'rack = 1', namespaceSelector: 'global()' }).flatMap(({ field }) => field),
  ).toEqual(['nodeSelector', 'namespaceSelector']);
});
