import { parse } from 'yaml';
import {
  CalicoEncapsulation,
  Cni,
  FlannelBackend,
  K3sConfig,
  type K3sConfigProps,
  K3sFlannelBackend,
  NodeLocalDns,
  Rke2Cni,
  Rke2Config,
  type Rke2ConfigProps,
} from '../../../lib';
import { built, DUAL, SINGLE } from './rendered';

test('k3s, one family', () => {
  const { files, said } = built(SINGLE, (cluster) => new K3sConfig(cluster, 'k3s'));
  expect(said).toEqual([]);
  expect(Object.fromEntries(files)).toMatchInlineSnapshot(`
   {
     "k3s/prod/agent.yaml": "kubelet-arg:
     - max-pods=60
   ",
     "k3s/prod/server.yaml": "cluster-cidr: 10.1.0.0/16
   service-cidr: 10.2.0.0/16
   cluster-dns: 10.2.0.10
   cluster-domain: prod.example.internal
   service-node-port-range: 31000-32000
   kube-controller-manager-arg:
     - node-cidr-mask-size=25
   kubelet-arg:
     - max-pods=60
   ",
   }
  `);
});

test('k3s, two families, a network plugin of its own, and a cache on each node', () => {
  const { files, said } = built(DUAL, (cluster, chart) => {
    new NodeLocalDns(chart, 'cache');
    return new K3sConfig(cluster, 'k3s', {
      flannelBackend: K3sFlannelBackend.NONE,
      disable: ['servicelb', 'traefik'],
      disableKubeProxy: true,
      tlsSans: ['api.example.com'],
      kubeApiserverArgs: { 'audit-log-path': '/var/log/audit.log' },
      kubeControllerManagerArgs: { v: '2' },
      kubeletArgs: { 'eviction-hard': 'memory.available<200Mi' },
    });
  });
  expect(said).toEqual([]);
  expect(Object.fromEntries(files)).toMatchInlineSnapshot(`
   {
     "k3s/prod/agent.yaml": "kubelet-arg:
     - cluster-dns=169.254.20.10
     - eviction-hard=memory.available<200Mi
     - max-pods=110
   ",
     "k3s/prod/server.yaml": "cluster-cidr: 10.1.0.0/16,fd00:1::/56
   service-cidr: 10.2.0.0/16,fd00:2::/112
   cluster-dns: 10.2.0.10,fd00:2::a
   cluster-domain: cluster.local
   service-node-port-range: 30000-32767
   kube-apiserver-arg:
     - audit-log-path=/var/log/audit.log
   kube-controller-manager-arg:
     - node-cidr-mask-size-ipv4=24
     - node-cidr-mask-size-ipv6=64
     - v=2
   kubelet-arg:
     - cluster-dns=169.254.20.10
     - eviction-hard=memory.available<200Mi
     - max-pods=110
   tls-san:
     - api.example.com
   disable:
     - servicelb
     - traefik
   disable-kube-proxy: true
   flannel-backend: none
   disable-network-policy: true
   ",
   }
  `);
});

test('RKE2', () => {
  const { files, said } = built(DUAL, (cluster) => new Rke2Config(cluster, 'rke2', { cni: Rke2Cni.CALICO }));
  expect(said).toEqual([]);
  expect(files.get('rke2/prod/server.yaml')).toContain('cni: calico\n');
  expect([...files.keys()]).toEqual([
    'rke2/prod/agent.yaml',
    'rke2/prod/manifests/rke2-calico-config.yaml',
    'rke2/prod/server.yaml',
  ]);
});

test.each<[string, Cni | undefined, K3sConfigProps, object]>([
  ['nothing is said', undefined, {}, {}],
  ['Calico', Cni.calico(), {}, { 'flannel-backend': 'none', 'disable-network-policy': true }],
  ['Cilium', Cni.cilium(), {}, { 'flannel-backend': 'none', 'disable-network-policy': true }],
  [
    'Cilium without kube-proxy',
    Cni.cilium({ kubeProxyReplacement: true, apiServerHost: '127.0.0.1', apiServerPort: 6444 }),
    {},
    { 'flannel-backend': 'none', 'disable-network-policy': true, 'disable-kube-proxy': true },
  ],
  ['Flannel', Cni.flannel(), {}, {}],
  [
    'Flannel with a backend',
    Cni.flannel({ backend: FlannelBackend.WIREGUARD }),
    {},
    { 'flannel-backend': 'wireguard-native' },
  ],
  [
    'a plugin of somebody else',
    Cni.none(),
    { flannelBackend: K3sFlannelBackend.NONE },
    { 'flannel-backend': 'none', 'disable-network-policy': true },
  ],
  [
    'policies of k3s beside Calico',
    Cni.calico(),
    { disableNetworkPolicy: false },
    { 'flannel-backend': 'none', 'disable-network-policy': false },
  ],
])('k3s, network plugin: %s', (_name, cni, props, expected) => {
  const { files, said } = built({ ...SINGLE, cni }, (cluster) => new K3sConfig(cluster, 'k3s', props));
  expect(said).toEqual([]);
  const settings = parse(files.get('k3s/prod/server.yaml') ?? '') as Record<string, unknown>;
  const ofPlugin = ['flannel-backend', 'disable-network-policy', 'disable-kube-proxy'].filter((key) => key in settings);
  expect(Object.fromEntries(ofPlugin.map((key) => [key, settings[key]]))).toEqual(expected);
});

/** The values that the HelmChartConfig hands to the chart. */
function chartValues(files: ReadonlyMap<string, string>, chart: string): unknown {
  const file = parse(files.get(`rke2/prod/manifests/rke2-${chart}-config.yaml`) ?? '') as {
    readonly metadata: object;
    readonly spec: { readonly valuesContent: string };
  };
  expect(file).toMatchObject({
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChartConfig',
    metadata: { name: `rke2-${chart}`, namespace: 'kube-system' },
  });
  return parse(file.spec.valuesContent);
}

test.each<[string, Cni | undefined, Rke2ConfigProps, string | undefined, string, unknown]>([
  ['Canal by itself', undefined, {}, undefined, 'canal', { podCidr: '10.1.0.0/16', podCidrv6: 'fd00:1::/56' }],
  [
    'Canal for Flannel',
    Cni.flannel({ backend: FlannelBackend.HOST_GW }),
    {},
    undefined,
    'canal',
    { podCidr: '10.1.0.0/16', podCidrv6: 'fd00:1::/56', flannel: { backend: 'host-gw' } },
  ],
  [
    'Flannel alone',
    Cni.flannel({ vni: 4096, port: 4789 }),
    { cni: Rke2Cni.FLANNEL },
    'flannel',
    'flannel',
    { flannel: { vni: 4096, backendPort: 4789 } },
  ],
  [
    'Calico',
    Cni.calico({ encapsulation: CalicoEncapsulation.VXLAN }),
    {},
    'calico',
    'calico',
    {
      installation: {
        calicoNetwork: {
          bgp: 'Disabled',
          ipPools: [
            {
              name: 'default-ipv4-ippool',
              cidr: '10.1.0.0/16',
              encapsulation: 'VXLAN',
              natOutgoing: 'Enabled',
              blockSize: 26,
            },
            {
              name: 'default-ipv6-ippool',
              cidr: 'fd00:1::/56',
              encapsulation: 'VXLAN',
              natOutgoing: 'Disabled',
              blockSize: 122,
            },
          ],
        },
      },
      apiServer: { enabled: true },
    },
  ],
  [
    'Cilium',
    Cni.cilium({ kubeProxyReplacement: true }),
    {},
    'cilium',
    'cilium',
    {
      cluster: { name: 'prod', id: 0 },
      ipam: {
        mode: 'cluster-pool',
        operator: {
          clusterPoolIPv4PodCIDRList: ['10.1.0.0/16'],
          clusterPoolIPv4MaskSize: 24,
          clusterPoolIPv6PodCIDRList: ['fd00:1::/56'],
          clusterPoolIPv6MaskSize: 64,
        },
      },
      ipv4: { enabled: true },
      ipv6: { enabled: true },
      routingMode: 'tunnel',
      tunnelProtocol: 'vxlan',
      kubeProxyReplacement: true,
      k8sServiceHost: 'localhost',
      k8sServicePort: 6443,
    },
  ],
])('RKE2, network plugin: %s', (_name, cni, props, expected, chart, values) => {
  const { files, said } = built({ ...DUAL, cni }, (cluster) => new Rke2Config(cluster, 'rke2', props));
  expect(said).toEqual([]);
  const server = parse(files.get('rke2/prod/server.yaml') ?? '') as Record<string, unknown>;
  expect(server.cni).toBe(expected);
  expect(server['disable-kube-proxy']).toBe(chart === 'cilium' ? true : undefined);
  expect([...files.keys()].filter((file) => file.includes('manifests'))).toHaveLength(1);
  expect(chartValues(files, chart)).toEqual(values);
});

test('RKE2 without a network plugin of its own has no HelmChartConfig', () => {
  const { files } = built(
    { ...DUAL, cni: Cni.calico() },
    (cluster) => new Rke2Config(cluster, 'rke2', { cni: Rke2Cni.NONE }),
  );
  expect([...files.keys()]).toEqual(['rke2/prod/agent.yaml', 'rke2/prod/server.yaml']);
});

const CILIUM_ALONE = Cni.cilium({ kubeProxyReplacement: true });
test.each<[Cni, 'k3s' | 'rke2', K3sConfigProps & Rke2ConfigProps, string]>([
  [
    Cni.calico(),
    'k3s',
    { flannelBackend: K3sFlannelBackend.VXLAN },
    'flannelBackend is vxlan, and the network plugin of cluster prod is Calico',
  ],
  [
    Cni.flannel({ backend: FlannelBackend.IPIP }),
    'k3s',
    {},
    'the Flannel of k3s has no backend ipip, which Cni.flannel() of cluster prod asks for',
  ],
  [
    CILIUM_ALONE,
    'k3s',
    {},
    'Cilium takes the place of kube-proxy in cluster prod, and does not know where the API server is',
  ],
  [
    CILIUM_ALONE,
    'rke2',
    { cni: Rke2Cni.NONE },
    'Cilium takes the place of kube-proxy in cluster prod, and does not know where the API server is',
  ],
  [
    CILIUM_ALONE,
    'rke2',
    { disableKubeProxy: false },
    'disableKubeProxy is false, and Cilium takes the place of kube-proxy in cluster prod',
  ],
  [Cni.calico(), 'rke2', { cni: Rke2Cni.CILIUM }, 'cni is cilium, and the network plugin of cluster prod is Calico'],
])('what contradicts the network plugin of the cluster %#', (cni, program, props, problem) => {
  const { said } = built({ ...SINGLE, cni }, (cluster) =>
    program === 'k3s' ? new K3sConfig(cluster, 'x', props) : new Rke2Config(cluster, 'x', props),
  );
  expect(said).toEqual([`NL150 ${problem}`]);
});

test.each<[K3sConfigProps & Rke2ConfigProps, string]>([
  [{ kubeletArgs: { 'max-pods': '200' } }, 'kubeletArgs sets max-pods, which is written from the plan'],
  [{ kubeletArgs: { 'cluster-dns': '10.0.0.10' } }, 'kubeletArgs sets cluster-dns, which is written from the plan'],
  [
    { kubeControllerManagerArgs: { 'node-cidr-mask-size': '26' } },
    'kubeControllerManagerArgs sets node-cidr-mask-size, which is written from the plan',
  ],
  [{ tlsSans: ['a b'] }, 'tlsSans[0] is "a b", which is neither an address nor a DNS name'],
])('%j is refused by both', (props, problem) => {
  expect(built(SINGLE, (cluster) => new K3sConfig(cluster, 'x', props)).said).toEqual([`NL150 ${problem}`]);
  expect(built(SINGLE, (cluster) => new Rke2Config(cluster, 'x', props)).said).toEqual([`NL150 ${problem}`]);
});

test('a cluster without Services has no configuration', () => {
  expect(built({ podCidrs: ['10.1.0.0/16'] }, (cluster) => new K3sConfig(cluster, 'x')).said).toEqual([
    'NL150 cluster prod has no service range',
  ]);
});
