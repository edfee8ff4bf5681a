import {
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
  expect([...files.keys()]).toEqual(['rke2/prod/agent.yaml', 'rke2/prod/server.yaml']);
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
