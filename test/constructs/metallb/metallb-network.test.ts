import {
  BgpAdvertisement,
  type ClusterSpec,
  IpAddressPool,
  IpFamily,
  L2Advertisement,
  MetalLbBgpPeer,
  type MetalLbOptions,
} from '../../../lib';
import { synthesizeFleet, type Synthesized } from '../network-of';
import { problemsOf, shopChart, specOf } from '../synthesized';

function metalLb(options: MetalLbOptions, spec: ClusterSpec = {}): Synthesized {
  return synthesizeFleet({
    supernets: ['10.0.0.0/8', 'fd42::/32'],
    clusters: { edge: { loadBalancers: 8, families: [IpFamily.IPV4, IpFamily.IPV6], ...spec, metalLb: options } },
  });
}

const PEER = { myAsn: 64520, peerAsn: 64512, peerAddress: '172.24.0.1' };

test.each<[string, MetalLbOptions, unknown[]]>([
  [
    'announced in the network of the nodes',
    { interfaces: ['eth1'], avoidBuggyIps: true },
    [
      ['IPAddressPool', 'default', { addresses: ['10.0.0.0/29', 'fd42::/125'], avoidBuggyIPs: true }],
      ['L2Advertisement', 'default', { ipAddressPools: ['default'], interfaces: ['eth1'] }],
    ],
  ],
  [
    'announced to a router',
    { poolName: 'public', bgpPeers: { tor: PEER } },
    [
      ['IPAddressPool', 'public', { addresses: ['10.0.0.0/29', 'fd42::/125'] }],
      ['BGPPeer', 'tor', { myASN: 64520, peerASN: 64512, peerAddress: '172.24.0.1' }],
      ['BGPAdvertisement', 'public', { ipAddressPools: ['public'] }],
    ],
  ],
])('%s', (_, options, expected) => {
  const { manifests, problems } = metalLb(options);
  expect(problems).toEqual([]);
  expect(manifests.map(({ kind, metadata, spec }) => [kind, metadata.name, spec])).toEqual(expected);
  expect(new Set(manifests.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['metallb-system']));
});

test.each<[string, MetalLbOptions, ClusterSpec, string]>([
  ['no range', {}, { loadBalancers: 0 }, 'NL983 cluster edge has no load balancer range for MetalLB'],
  [
    'never announced',
    { l2: false },
    {},
    'NL983 l2 is false and there are no bgpPeers: addresses are given and never announced',
  ],
  [
    'interfaces of nothing',
    { interfaces: ['eth1'], bgpPeers: { tor: PEER } },
    {},
    'NL983 interfaces are given, and l2 is off',
  ],
])('refused: %s', (_, options, spec, expected) => {
  expect(metalLb(options, spec).problems).toContain(expected);
});

test.each<[string, () => string[], string[]]>([
  [
    'ranges that overlap',
    () => problemsOf(new IpAddressPool(shopChart(), 'a', { addresses: ['172.20.0.0/28', '172.20.0.8-172.20.0.20'] })),
    ['NL631 addresses[1]: 172.20.0.8-172.20.0.20 overlaps 172.20.0.0/28 of the same pool'],
  ],
  [
    'no range',
    () => problemsOf(new IpAddressPool(shopChart(), 'a', { addresses: [] })),
    ['NL630 the pool has no addresses'],
  ],
  [
    'a namespace twice',
    () =>
      problemsOf(new IpAddressPool(shopChart(), 'a', { addresses: ['172.20.0.0/28'], serviceNamespaces: ['a', 'a'] })),
    ['NL646 serviceNamespaces[1]: namespaces has a twice'],
  ],
  [
    'no pools',
    () => problemsOf(new L2Advertisement(shopChart(), 'a', { ipAddressPools: [] })),
    ['NL982 ipAddressPools is empty, which MetalLB takes for all pools'],
  ],
  [
    'a length',
    () => problemsOf(new BgpAdvertisement(shopChart(), 'a', { aggregationLength: 33 })),
    ['NL680 aggregationLength is 33, and must be from 1 to 32'],
  ],
  [
    'a peer',
    () => problemsOf(new MetalLbBgpPeer(shopChart(), 'a', { myAsn: 0, peerAsn: 1, peerAddress: '172.24.0.1' })),
    ['NL680 myAsn is 0, which is no AS number'],
  ],
])('%s', (_, problems, expected) => {
  expect(problems()).toEqual(expected);
});

test('a pool for some Services', () => {
  const pool = new IpAddressPool(shopChart(), 'a', {
    addresses: ['172.20.0.0/28'],
    priority: 10,
    serviceNamespaces: ['shop'],
    serviceLabels: { edge: 'yes' },
  });
  expect(specOf(pool)).toEqual({
    addresses: ['172.20.0.0/28'],
    serviceAllocation: { priority: 10, namespaces: ['shop'], serviceSelectors: [{ matchLabels: { edge: 'yes' } }] },
  });
});
