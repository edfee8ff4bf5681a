import {
  CalicoApi,
  CalicoEncapsulation,
  CalicoInstallation,
  type CalicoOptions,
  type ClusterSpec,
  Cni,
  Installation,
  BgpPeer,
  BgpConfiguration,
  IpReservation,
  IpFamily,
} from '../../../lib';
import { specOf, synthesizeFleet, type Synthesized } from '../network-of';
import { problemsOf, shopChart } from '../synthesized';

function calico(options: CalicoOptions, spec: ClusterSpec = {}): Synthesized {
  return synthesizeFleet({
    supernets: ['10.0.0.0/8', 'fd42::/32'],
    clusters: { prod: { nodes: 50, services: 100, loadBalancers: 8, ...spec, cni: Cni.calico(options) } },
  });
}

test('the operator makes one pool of each family, with a block that is no larger than the share of a node', () => {
  const { manifests, problems } = calico({}, { families: [IpFamily.IPV4, IpFamily.IPV6], podsPerNode: 16 });
  expect(problems).toEqual([]);
  expect(manifests.map(({ kind }) => kind)).toEqual(['Installation', 'APIServer']);
  expect(specOf(manifests, 'Installation')?.calicoNetwork).toEqual({
    bgp: 'Disabled',
    ipPools: [
      {
        name: 'default-ipv4-ippool',
        cidr: '10.0.0.0/21',
        encapsulation: 'VXLANCrossSubnet',
        natOutgoing: 'Enabled',
        blockSize: 27,
      },
      {
        name: 'default-ipv6-ippool',
        cidr: 'fd42::/58',
        encapsulation: 'VXLANCrossSubnet',
        natOutgoing: 'Disabled',
        blockSize: 122,
      },
    ],
  });
});

test('native CRDs need no API server', () => {
  expect(calico({ api: CalicoApi.NATIVE_CRDS }).manifests.map(({ kind }) => kind)).toEqual(['Installation']);
});

test('without the operator, pools are objects', () => {
  const { manifests, problems } = calico(
    {
      installation: CalicoInstallation.MANIFESTS,
      encapsulation: CalicoEncapsulation.IPIP_CROSS_SUBNET,
      pools: [
        { name: 'a', zone: 'eu-1a', nodeSelector: 'disk == "ssd"' },
        { name: 'team', namespaceSelector: 'team == "x"' },
        { name: 'gpu', onRequest: true },
      ],
    },
    { nodes: 12, headroom: 4 },
  );
  expect(problems).toEqual([]);
  expect(manifests.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
    [
      'a-ipv4',
      {
        cidr: '10.0.0.0/20',
        blockSize: 26,
        ipipMode: 'CrossSubnet',
        natOutgoing: true,
        nodeSelector: 'topology.kubernetes.io/zone == "eu-1a" && (disk == "ssd")',
      },
    ],
    [
      'team-ipv4',
      {
        cidr: '10.0.16.0/20',
        blockSize: 26,
        ipipMode: 'CrossSubnet',
        natOutgoing: true,
        namespaceSelector: 'team == "x"',
        allowedUses: ['Workload'],
      },
    ],
    [
      'gpu-ipv4',
      { cidr: '10.0.32.0/20', blockSize: 26, ipipMode: 'CrossSubnet', natOutgoing: true, assignmentMode: 'Manual' },
    ],
  ]);
});

test('a pool that is appended moves no other while parts are left', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const cidrs = (count: number): unknown[] => {
    const { manifests } = calico({ pools: names.slice(0, count).map((name) => ({ name })), parts: 8 });
    const { ipPools } = specOf(manifests, 'Installation')?.calicoNetwork as { ipPools: { cidr: string }[] };
    return ipPools.map(({ cidr }) => cidr);
  };
  expect(cidrs(5).slice(0, 3)).toEqual(cidrs(3));
});

test('pools with ranges of their own are gone around', () => {
  const { manifests, problems } = calico(
    { pools: [{ name: 'a' }, { name: 'old', cidrs: ['10.1.0.0/18'] }, { name: 'b' }] },
    { podCidrs: ['10.1.0.0/16'], nodes: undefined },
  );
  expect(problems).toEqual([]);
  expect(specOf(manifests, 'Installation')?.calicoNetwork).toMatchObject({
    ipPools: [{ cidr: '10.1.64.0/18' }, { cidr: '10.1.0.0/18' }, { cidr: '10.1.128.0/18' }],
  });
});

test('reservations, limits, BGP and pools for load balancers', () => {
  const { manifests, problems } = calico({
    reservations: { firewall: ['10.0.0.0/30'] },
    maxBlocksPerHost: 8,
    loadBalancerPools: true,
    bgp: {
      asNumber: 64520,
      announceClusterIps: true,
      externalIpCidrs: ['172.20.0.0/28'],
      peers: { tor: { peerIp: '172.24.0.1', asNumber: 64512 } },
    },
  });
  expect(problems).toEqual([]);
  expect(specOf(manifests, 'IPReservation')).toEqual({ reservedCIDRs: ['10.0.0.0/30'] });
  expect(specOf(manifests, 'IPAMConfiguration')).toEqual({ strictAffinity: true, maxBlocksPerHost: 8 });
  expect(specOf(manifests, 'BGPPeer')).toEqual({ peerIP: '172.24.0.1', asNumber: 64512 });
  expect(specOf(manifests, 'BGPConfiguration', 'default')).toEqual({
    asNumber: 64520,
    nodeToNodeMeshEnabled: true,
    serviceClusterIPs: [{ cidr: '10.0.128.0/25' }],
    serviceLoadBalancerIPs: [{ cidr: '10.0.129.0/29' }],
    serviceExternalIPs: [{ cidr: '172.20.0.0/28' }],
  });
  expect(specOf(manifests, 'IPPool')).toEqual({ cidr: '10.0.129.0/29', blockSize: 29, allowedUses: ['LoadBalancer'] });
});

const ZONES = [
  { name: 'a', zone: 'a' },
  { name: 'b', zone: 'b' },
];

test.each<[string, CalicoOptions, ClusterSpec, string[]]>([
  ['zones that pools cover', { pools: ZONES, nodesByZone: { a: 20, b: 30 } }, {}, []],
  [
    'a zone without a pool',
    { pools: ZONES, nodesByZone: { a: 20, b: 20, c: 10 } },
    {},
    ['NL627 zone c has 10 nodes, and no IPv4 pool is for them'],
  ],
  [
    'a zone with too few blocks',
    { pools: ZONES, nodesByZone: { a: 200, b: 20 } },
    {},
    ['NL627 the IPv4 pools of zone a have 128 blocks of /26, and there are 200 nodes: some get none'],
  ],
  ['a pool for all zones', { pools: [...ZONES, { name: 'rest' }], nodesByZone: { c: 10 } }, {}, []],
  [
    'more blocks than a node may have',
    { blockSize: { IPv4: 32 } },
    {},
    [
      'NL627 110 pods of a node need 111 IPv4 blocks of /32, and a node gets 20: room for 20 addresses',
      'NL649 ipPools[0].blockSize: a node may have 20 blocks of /32, which are 20 addresses, and run 110 pods',
    ],
  ],
  [
    'blocks that are just enough',
    { blockSize: { IPv4: 25 } },
    { podCidrs: ['10.1.0.0/19'], podsPerNode: 150, nodeCidrMaskSize: { IPv4: 24 }, nodes: undefined },
    [],
  ],
  [
    'no room for parts',
    { pools: ZONES },
    { podCidrs: ['10.1.0.0/26'], nodeCidrMaskSize: { IPv4: 26 }, podsPerNode: 20, nodes: undefined },
    ['NL627 the IPv4 pod network 10.1.0.0/26 has no room for 2 pools of at least one /26 block'],
  ],
  [
    'what older versions lack',
    {
      version: '3.29',
      pools: [{ name: 'all' }, { name: 'a', onRequest: true }, { name: 'b', namespaceSelector: 'x == "y"' }],
      api: CalicoApi.NATIVE_CRDS,
    },
    { kubernetesVersion: '1.31', headroom: 4 },
    [
      'NL626 CalicoApi.NATIVE_CRDS needs Calico 3.32 or later, and the version is 3.29',
      'NL626 CalicoApi.NATIVE_CRDS needs Kubernetes 1.32 or later, and the cluster has 1.31',
      'NL626 a namespaceSelector needs Calico 3.31 or later, and the version is 3.29',
      'NL626 a pool on request needs Calico 3.30 or later, and the version is 3.29',
    ],
  ],
  ['no version', { version: 'latest' }, {}, ['NL626 version "latest" is no version of Calico']],
  ['names that repeat', { pools: [{ name: 'a' }, { name: 'a' }] }, {}, ['NL983 two pools have the name a']],
  ['no pools', { pools: [] }, {}, ['NL982 pools is empty: no pod gets an address']],
  ['parts', { pools: ZONES, parts: 3 }, {}, ['NL983 parts is 3, which is no power of two from 1 to 4096']],
  [
    'a range outside',
    { pools: [{ name: 'a', cidrs: ['10.99.0.0/20'] }] },
    {},
    expect.arrayContaining(['NL983 pool a has 10.99.0.0/20, which is not inside of the pod network 10.0.0.0/18']),
  ],
  [
    'two ranges of one family',
    { installation: CalicoInstallation.MANIFESTS, pools: [{ name: 'a', cidrs: ['10.0.0.0/20', '10.0.16.0/20'] }] },
    { nodes: 10, podCidrs: undefined, headroom: 8 },
    ['NL983 pool a has a second IPv4 range, 10.0.16.0/20'],
  ],
  ['no pod network', {}, { nodes: undefined }, ['NL983 cluster prod has no pod network for the pools of Calico']],
  [
    'no load balancer range',
    { loadBalancerPools: true },
    { loadBalancers: 0 },
    ['NL983 cluster prod has no load balancer range for loadBalancerPools'],
  ],
])('%s', (_, options, spec, expected) => {
  expect(calico(options, spec).problems).toEqual(expected);
});

test.each<[string, () => string[], string[]]>([
  [
    'a peer of two kinds',
    () => problemsOf(new BgpPeer(shopChart(), 'a', { peerIp: '192.0.2.1', peerSelector: 'all()' })),
    ['NL646 the peer has peerIp and peerSelector'],
  ],
  [
    'a peer without anything',
    () => problemsOf(new BgpPeer(shopChart(), 'a', {})),
    ['NL982 there is no peerIp and no peerSelector'],
  ],
  [
    'a peer with a port',
    () => problemsOf(new BgpPeer(shopChart(), 'a', { peerIp: '[2001:db8::1]:1790', asNumber: 1 })),
    [],
  ],
  [
    'a peer with a bad port',
    () => problemsOf(new BgpPeer(shopChart(), 'a', { peerIp: '192.0.2.1:70000', asNumber: 1 })),
    [
      'NL646 peerIp is "192.0.2.1:70000", and must be an address, or one with its port: 192.0.2.1:179 or "[2001:db8::1]:179"',
    ],
  ],
  [
    'an AS number',
    () => problemsOf(new BgpConfiguration(shopChart(), 'default', { asNumber: 0 })),
    ['NL982 asNumber is 0, which the API takes for no value'],
  ],
  [
    'an empty reservation',
    () => problemsOf(new IpReservation(shopChart(), 'a', { reservedCidrs: [] })),
    ['NL982 reservedCidrs is empty'],
  ],
  [
    'an Installation with another name',
    () => problemsOf(new Installation(shopChart(), 'a', { name: 'calico' })),
    ['NL609 name: the Installation is called calico, and the operator reads the one called default'],
  ],
  [
    'BGP that is off',
    () =>
      problemsOf(
        new Installation(shopChart(), 'a', {
          bgp: false,
          ipPools: [{ cidr: '10.0.0.0/16', encapsulation: CalicoEncapsulation.IPIP }],
        }),
      ),
    [`NL605 ipPools[0].encapsulation IPIP needs BGP to tell nodes of each other's blocks, and bgp is Disabled`],
  ],
  [
    'a provider',
    () => problemsOf(new Installation(shopChart(), 'a', { kubernetesProvider: 'eks' })),
    ['NL646 kubernetesProvider is "eks", and must be EKS, GKE, AKS, OpenShift, DockerEnterprise, RKE2, TKG or Kind'],
  ],
])('%s', (_, problems, expected) => {
  expect(problems()).toEqual(expected);
});
