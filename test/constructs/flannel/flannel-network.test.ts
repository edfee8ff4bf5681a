import {
  type ClusterSpec,
  Cni,
  FlannelBackend,
  FlannelConfig,
  type FlannelConfigProps,
  type FlannelOptions,
  IpFamily,
} from '../../../lib';
import { synthesizeFleet, type Synthesized } from '../network-of';
import { problemsOf, shopChart } from '../synthesized';

function flannel(options: FlannelOptions = {}, spec: ClusterSpec = {}): Synthesized {
  return synthesizeFleet({
    supernets: ['10.0.0.0/8', 'fd42::/32'],
    clusters: { edge: { nodes: 20, ...spec, cni: Cni.flannel(options) } },
  });
}

function netConf({ manifests }: Synthesized): unknown {
  const data = manifests.find(({ metadata }) => metadata.name === 'kube-flannel-cfg')?.data as Record<string, string>;
  return JSON.parse(data['net-conf.json']) as unknown;
}

test.each<[FlannelOptions, ClusterSpec, object]>([
  [{}, {}, { Network: '10.0.0.0/19', Backend: { Type: 'vxlan' } }],
  [
    { vni: 4096, port: 4789, directRouting: true, nftables: true },
    { families: [IpFamily.IPV4, IpFamily.IPV6] },
    {
      Network: '10.0.0.0/19',
      EnableIPv6: true,
      IPv6Network: 'fd42::/59',
      EnableNFTables: true,
      Backend: { Type: 'vxlan', VNI: 4096, Port: 4789, DirectRouting: true },
    },
  ],
  [
    { backend: FlannelBackend.WIREGUARD, port: 51821 },
    { families: [IpFamily.IPV6] },
    {
      EnableIPv4: false,
      EnableIPv6: true,
      IPv6Network: 'fd42::/59',
      Backend: { Type: 'wireguard', ListenPort: 51821 },
    },
  ],
])('net-conf.json of %j', (options, spec, expected) => {
  const synthesized = flannel(options, spec);
  expect(synthesized.problems).toEqual([]);
  expect(netConf(synthesized)).toEqual(expected);
});

test('a namespace of its own, but not kube-system', () => {
  expect(flannel().manifests.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
    ['Namespace', undefined],
    ['ConfigMap', 'kube-flannel'],
  ]);
  expect(flannel({ namespace: 'kube-system' }).manifests.map(({ kind }) => kind)).toEqual(['ConfigMap']);
});

test('pods of a node that its pod CIDR does not hold', () => {
  const spec: ClusterSpec = {
    podCidrs: ['10.1.0.0/16'],
    nodes: undefined,
    podsPerNode: 126,
    nodeCidrMaskSize: { IPv4: 25 },
  };
  expect(flannel({}, spec).problems).toContain(
    'NL627 the IPv4 pod CIDR of a node, a /25, holds 125 pods beside the 3 addresses that the bridge keeps, and podsPerNode is 126',
  );
});

test.each<[Partial<FlannelConfigProps>, string[]]>([
  [{}, []],
  [{ networks: [] }, ['NL982 networks is empty']],
  [
    { networks: ['10.0.0.0/16', '10.1.0.0/16'] },
    ['NL983 there are two IPv4 networks, and Flannel takes one of each family'],
  ],
  [
    { networks: ['10.0.0.0/16', 'fd00::/56'], backend: FlannelBackend.IPIP },
    ['NL638 Backend.Type ipip carries one family, and the network has two'],
  ],
  [
    { backend: FlannelBackend.HOST_GW, vni: 1, port: 1, directRouting: true },
    [
      'NL983 directRouting is given, and the backend is host-gw',
      'NL983 port is given, and the backend is host-gw',
      'NL983 vni is given, and the backend is host-gw',
    ],
  ],
  [{ vni: 0, port: 0 }, ['NL982 port is 0, which the API takes for no value']],
])('problems of %j', (props, expected) => {
  expect(problemsOf(new FlannelConfig(shopChart(), 'config', { networks: ['10.0.0.0/16'], ...props })).sort()).toEqual(
    expected,
  );
});
