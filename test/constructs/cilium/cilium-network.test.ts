import {
  CiliumConfigMap,
  CiliumIpam,
  CiliumLoadBalancerIpPool,
  type CiliumOptions,
  CiliumPodIpPool,
  CiliumRouting,
  type ClusterSpec,
  Cni,
  IpFamily,
} from '../../../lib';
import { parse } from 'yaml';
import { specOf, synthesizeFleet, type Synthesized } from '../network-of';
import { problemsOf, shopChart, specOf as specOfObject } from '../synthesized';

const { CLUSTER_POOL, KUBERNETES, MULTI_POOL } = CiliumIpam;
const { NATIVE, GENEVE } = CiliumRouting;
const BOTH: ClusterSpec = { families: [IpFamily.IPV4, IpFamily.IPV6] };

function cilium(options: CiliumOptions, spec: ClusterSpec = {}): Synthesized {
  return synthesizeFleet({
    supernets: ['10.0.0.0/8', 'fd42::/32'],
    clusters: { prod: { nodes: 50, services: 100, loadBalancers: 8, ...spec, cni: Cni.cilium(options) } },
  });
}

function dataOf({ manifests }: Synthesized): Record<string, string> {
  return manifests.find(({ kind }) => kind === 'ConfigMap')?.data as Record<string, string>;
}

test('values of the chart, the same in a file and in a ConfigMap', () => {
  const synthesized = cilium({}, BOTH);
  expect(synthesized.problems).toEqual([]);
  const file = synthesized.files.get('cilium/prod-values.yaml') ?? '';
  expect(dataOf(synthesized)).toEqual({ 'values.yaml': file });
  expect(parse(file)).toEqual({
    cluster: { name: 'prod', id: 0 },
    ipam: {
      mode: 'cluster-pool',
      operator: {
        clusterPoolIPv4PodCIDRList: ['10.0.0.0/18'],
        clusterPoolIPv4MaskSize: 24,
        clusterPoolIPv6PodCIDRList: ['fd42::/58'],
        clusterPoolIPv6MaskSize: 64,
      },
    },
    ipv4: { enabled: true },
    ipv6: { enabled: true },
    routingMode: 'tunnel',
    tunnelProtocol: 'vxlan',
  });
});

test.each<[string, CiliumOptions, ClusterSpec, object, object]>([
  [
    'cluster-pool',
    { ipam: CLUSTER_POOL, routing: GENEVE, mesh: { id: 7, name: 'west', maxConnectedClusters: 511 } },
    BOTH,
    {
      cluster: { name: 'west', id: 7 },
      clustermesh: { maxConnectedClusters: 511 },
      tunnelProtocol: 'geneve',
    },
    {
      'cluster-name': 'west',
      'cluster-id': '7',
      'max-connected-clusters': '511',
      ipam: 'cluster-pool',
      'enable-ipv4': 'true',
      'enable-ipv6': 'true',
      'cluster-pool-ipv4-cidr': '10.0.0.0/18',
      'cluster-pool-ipv4-mask-size': '24',
      'cluster-pool-ipv6-cidr': 'fd42::/58',
      'cluster-pool-ipv6-mask-size': '64',
      'routing-mode': 'tunnel',
      'tunnel-protocol': 'geneve',
    },
  ],
  [
    'kubernetes',
    {
      ipam: KUBERNETES,
      routing: NATIVE,
      autoDirectNodeRoutes: true,
      kubeProxyReplacement: true,
      apiServerHost: 'api.example.com',
    },
    {},
    {
      ipam: { mode: 'kubernetes' },
      k8s: { requireIPv4PodCIDR: true, requireIPv6PodCIDR: false },
      ipv4NativeRoutingCIDR: '10.0.0.0/18',
      autoDirectNodeRoutes: true,
      kubeProxyReplacement: true,
      k8sServiceHost: 'api.example.com',
      k8sServicePort: 6443,
    },
    {
      'cluster-name': 'prod',
      'cluster-id': '0',
      ipam: 'kubernetes',
      'enable-ipv4': 'true',
      'enable-ipv6': 'false',
      'k8s-require-ipv4-pod-cidr': 'true',
      'routing-mode': 'native',
      'ipv4-native-routing-cidr': '10.0.0.0/18',
      'auto-direct-node-routes': 'true',
      'kube-proxy-replacement': 'true',
    },
  ],
  [
    'multi-pool',
    { ipam: MULTI_POOL, pools: [{ name: 'gpu', maskSize: { IPv4: 27 } }, { name: 'edge' }] },
    {},
    {
      ipam: {
        mode: 'multi-pool',
        operator: { autoCreateCiliumPodIPPools: { default: { ipv4: { cidrs: ['10.0.0.0/19'], maskSize: 24 } } } },
      },
      endpointRoutes: { enabled: true },
      ipv4NativeRoutingCIDR: '10.0.0.0/18',
    },
    {
      'cluster-name': 'prod',
      'cluster-id': '0',
      ipam: 'multi-pool',
      'enable-ipv4': 'true',
      'enable-ipv6': 'false',
      'auto-create-cilium-pod-ip-pools': 'default=ipv4-cidrs:10.0.0.0/19;ipv4-mask-size:24',
      'routing-mode': 'native',
      'ipv4-native-routing-cidr': '10.0.0.0/18',
      'enable-endpoint-routes': 'true',
    },
  ],
])('%s, as values and as cilium-config', (_, options, spec, values, config) => {
  const synthesized = cilium({ ...options, configMap: CiliumConfigMap.CONFIG }, spec);
  expect(synthesized.problems).toEqual([]);
  expect(parse(synthesized.files.get('cilium/prod-values.yaml') ?? '')).toMatchObject(values);
  expect(dataOf(synthesized)).toEqual(config);
});

test('pools of several have equal parts of the second half', () => {
  const { manifests } = cilium({
    ipam: MULTI_POOL,
    pools: [{ name: 'gpu', maskSize: { IPv4: 27 } }, { name: 'edge' }],
    configMap: CiliumConfigMap.NONE,
  });
  expect(manifests.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
    ['gpu', { ipv4: { cidrs: ['10.0.32.0/20'], maskSize: 27 } }],
    ['edge', { ipv4: { cidrs: ['10.0.48.0/20'], maskSize: 24 } }],
  ]);
});

test('load balancer ranges', () => {
  const { manifests, problems } = cilium({ loadBalancerPool: true });
  expect(problems).toEqual([]);
  expect(specOf(manifests, 'CiliumLoadBalancerIPPool')).toEqual({ blocks: [{ cidr: '10.0.129.0/29' }] });
});

test.each<[string, CiliumOptions, ClusterSpec, string[]]>([
  ['pools without the mode', { pools: [{ name: 'a' }] }, {}, ['NL983 pools are given, and ipam is cluster-pool']],
  [
    'a pool called default',
    { ipam: MULTI_POOL, pools: [{ name: 'default' }] },
    {},
    ['NL983 a pool has the name default, which is that of the first half of the pod network'],
  ],
  [
    'names that repeat',
    { ipam: MULTI_POOL, pools: [{ name: 'a' }, { name: 'a' }] },
    {},
    ['NL983 two pools have the name a'],
  ],
  [
    'native routing in a tunnel',
    { nativeRoutingCidr: { IPv4: '10.0.0.0/8' } },
    {},
    ['NL983 nativeRoutingCidr is given, and routing is vxlan'],
  ],
  [
    'too little native routing',
    { routing: NATIVE, nativeRoutingCidr: { IPv4: '10.0.0.0/20' } },
    {},
    expect.arrayContaining(['NL983 nativeRoutingCidr.IPv4 10.0.0.0/20 does not cover the pods 10.0.0.0/18']),
  ],
  ['no pod network', {}, { nodes: undefined }, ['NL983 cluster prod has no pod network for Cilium']],
  [
    'no load balancer range',
    { loadBalancerPool: true },
    { loadBalancers: 0 },
    expect.arrayContaining(['NL983 cluster prod has no load balancer range for loadBalancerPool']),
  ],
  [
    'several pools in a tunnel',
    { ipam: MULTI_POOL, routing: GENEVE },
    {},
    ['NL629 ipam is multi-pool, and routing is geneve: Cilium documents several pools for native routing only'],
  ],
  [
    'a version',
    { version: '1.13', ipam: MULTI_POOL },
    {},
    ['NL626 CiliumIpam.MULTI_POOL needs Cilium 1.14 or later, and the version is 1.13'],
  ],
  [
    'an id beyond 255',
    { mesh: { id: 256 } },
    {},
    expect.arrayContaining(['NL628 the mesh id 256 is not a whole number from 1 to 255']),
  ],
  [
    'a size that there is not',
    { mesh: { id: 1, maxConnectedClusters: 300 } },
    {},
    expect.arrayContaining(['NL628 maxConnectedClusters is 300, and Cilium takes 255 or 511']),
  ],
  [
    'a long name',
    { mesh: { id: 1, name: 'a'.repeat(33) } },
    {},
    expect.arrayContaining([
      `NL628 the mesh name "${'a'.repeat(33)}" is no name of at most 32 lower-case letters, digits and hyphens`,
    ]),
  ],
])('refused: %s', (_, options, spec, expected) => {
  expect(cilium(options, spec).problems).toEqual(expected);
});

describe('a mesh', () => {
  const mesh = (a: CiliumOptions, b: CiliumOptions, spec: ClusterSpec = {}): Synthesized =>
    synthesizeFleet({
      supernets: ['10.0.0.0/8'],
      clusters: { a: { nodes: 50, cni: Cni.cilium(a) }, b: { nodes: 50, ...spec, cni: Cni.cilium(b) } },
    });

  test('native routing covers the pods of all', () => {
    const { files, problems } = mesh({ routing: NATIVE, mesh: { id: 1 } }, { routing: NATIVE, mesh: { id: 2 } });
    expect(problems).toEqual([]);
    const routes = [...files.values()].map(
      (text) => (parse(text) as { ipv4NativeRoutingCIDR: string }).ipv4NativeRoutingCIDR,
    );
    expect(routes).toEqual(['10.0.0.0/16', '10.0.0.0/16']);
  });

  test('each of several contradictions is told once', () => {
    const { problems } = mesh(
      { mesh: { id: 1, name: 'x' } },
      { routing: GENEVE, mesh: { id: 1, name: 'x', maxConnectedClusters: 511 } },
      { isolated: true, podCidrs: ['10.0.0.0/18'], nodeCidrMaskSize: { IPv4: 24 }, nodes: undefined },
    );
    expect(problems).toEqual([
      'NL628 maxConnectedClusters is 511, and 255 in cluster a of the same mesh',
      'NL628 routing is geneve, and vxlan in cluster a of the same mesh',
      'NL628 the mesh id 1 is also that of cluster a',
      'NL628 the mesh name x is also that of cluster a',
      'NL628 the pods 10.0.0.0/18 overlap 10.0.0.0/18 of cluster a of the same mesh',
    ]);
  });

  test('a cluster outside of it has nothing to do with it', () => {
    expect(mesh({ mesh: { id: 1 } }, { routing: GENEVE }).problems).toEqual([]);
  });
});

test.each<[string, () => string[], string[]]>([
  [
    'a pool without a mask',
    () => problemsOf(new CiliumPodIpPool(shopChart(), 'a', { cidrs: ['10.0.0.0/16'], maskSize: {} })),
    ['NL646 maskSize.IPv4: ipv4 has no maskSize'],
  ],
  [
    'a mask that is too short',
    () => problemsOf(new CiliumPodIpPool(shopChart(), 'a', { cidrs: ['10.0.0.0/16'], maskSize: { IPv4: 15 } })),
    ['NL636 cidrs[0]: 10.0.0.0/16 is smaller than the /15 that each node gets'],
  ],
  [
    'no addresses',
    () => problemsOf(new CiliumLoadBalancerIpPool(shopChart(), 'a', { addresses: [] })),
    ['NL982 addresses is empty'],
  ],
  [
    'a range that is none',
    () => problemsOf(new CiliumLoadBalancerIpPool(shopChart(), 'a', { addresses: ['192.0.2.9-192.0.2.1'] })),
    ['NL636 addresses[0]: 192.0.2.9-192.0.2.1 ends before it starts'],
  ],
])('%s', (_, problems, expected) => {
  expect(problems()).toEqual(expected);
});

test('a pool for some Services', () => {
  const pool = new CiliumLoadBalancerIpPool(shopChart(), 'a', {
    addresses: ['172.20.0.0/28', '172.20.0.32-172.20.0.40'],
    serviceLabels: { team: 'shop' },
    allowFirstLastIps: false,
  });
  expect(specOfObject(pool)).toEqual({
    blocks: [{ cidr: '172.20.0.0/28' }, { start: '172.20.0.32', stop: '172.20.0.40' }],
    serviceSelector: { matchLabels: { team: 'shop' } },
    allowFirstLastIPs: 'No',
  });
});

test.each([
  ['1.17', 'cilium.io/v2alpha1'],
  ['1.18', 'cilium.io/v2'],
  [undefined, 'cilium.io/v2'],
])('the pool for load balancers of Cilium %s is in %s', (version, apiVersion) => {
  const { manifests, problems } = synthesizeFleet({
    clusters: {
      prod: {
        podCidrs: ['10.0.0.0/18'],
        serviceCidrs: ['10.1.0.0/20'],
        loadBalancerCidrs: ['10.2.0.0/24'],
        cni: Cni.cilium({ version, loadBalancerPool: true }),
      },
    },
  });
  expect(problems).toEqual([]);
  const pool = manifests.find(({ kind }) => kind === 'CiliumLoadBalancerIPPool');
  expect(pool?.apiVersion).toBe(apiVersion);
});
