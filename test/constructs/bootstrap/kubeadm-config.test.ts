import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Cluster,
  type ClusterProps,
  Cni,
  KubeadmConfig,
  type KubeadmConfigProps,
  KubeProxyMode,
  NodeLocalDns,
} from '../../../lib';
import { NetworkSynthesis } from '../../../lib/synth';
import { synthOutput } from '../synthesized';
import { built, DUAL, SINGLE } from './rendered';

function kubeadm(cluster: ClusterProps, props: KubeadmConfigProps = {}): ReturnType<typeof built> {
  return built(cluster, (parent) => new KubeadmConfig(parent, 'kubeadm', props));
}

test('the smallest configuration of one family, for a kubeadm that reads v1beta3', () => {
  const { files, said } = kubeadm(SINGLE);
  expect(said).toEqual([]);
  expect([...files.keys()]).toEqual(['kubeadm/prod.yaml']);
  expect(files.get('kubeadm/prod.yaml')).toMatchInlineSnapshot(`
   "apiVersion: kubeadm.k8s.io/v1beta3
   kind: InitConfiguration
   ---
   apiVersion: kubeadm.k8s.io/v1beta3
   kind: ClusterConfiguration
   clusterName: prod
   kubernetesVersion: stable-1.30
   networking:
     podSubnet: 10.1.0.0/16
     serviceSubnet: 10.2.0.0/16
     dnsDomain: prod.example.internal
   apiServer:
     extraArgs:
       service-node-port-range: 31000-32000
   controllerManager:
     extraArgs:
       node-cidr-mask-size-ipv4: "25"
   ---
   apiVersion: kubeproxy.config.k8s.io/v1alpha1
   kind: KubeProxyConfiguration
   clusterCIDR: 10.1.0.0/16
   ---
   apiVersion: kubelet.config.k8s.io/v1beta1
   kind: KubeletConfiguration
   clusterDNS:
     - 10.2.0.10
   clusterDomain: prod.example.internal
   maxPods: 60
   "
  `);
});

test('two families, v1beta4, and all that users add', () => {
  const { files, said } = kubeadm(DUAL, {
    kubernetesVersion: 'v1.34.2',
    controlPlaneEndpoint: 'api.example.com:6443',
    advertiseAddress: '192.168.0.10',
    bindPort: 8443,
    nodeIps: ['192.168.0.10', 'fd00:9::10'],
    certSans: ['api.example.com', '192.168.0.9', '*.example.com'],
    apiServerArgs: { 'audit-log-path': '/var/log/audit.log', 'a-flag': 'yes' },
    controllerManagerArgs: { 'allocate-node-cidrs': 'false' },
    schedulerArgs: { v: '2' },
    proxyMode: KubeProxyMode.NFTABLES,
    skipPhases: ['addon/coredns'],
  });
  expect(said).toEqual([]);
  expect(files.get('kubeadm/prod.yaml')).toMatchInlineSnapshot(`
   "apiVersion: kubeadm.k8s.io/v1beta4
   kind: InitConfiguration
   localAPIEndpoint:
     advertiseAddress: 192.168.0.10
     bindPort: 8443
   nodeRegistration:
     kubeletExtraArgs:
       - name: node-ip
         value: 192.168.0.10,fd00:9::10
   skipPhases:
     - addon/coredns
   ---
   apiVersion: kubeadm.k8s.io/v1beta4
   kind: ClusterConfiguration
   clusterName: prod
   kubernetesVersion: v1.34.2
   controlPlaneEndpoint: api.example.com:6443
   networking:
     podSubnet: 10.1.0.0/16,fd00:1::/56
     serviceSubnet: 10.2.0.0/16,fd00:2::/112
     dnsDomain: cluster.local
   apiServer:
     certSANs:
       - api.example.com
       - 192.168.0.9
       - "*.example.com"
     extraArgs:
       - name: a-flag
         value: "yes"
       - name: audit-log-path
         value: /var/log/audit.log
       - name: service-node-port-range
         value: 30000-32767
   controllerManager:
     extraArgs:
       - name: allocate-node-cidrs
         value: "false"
       - name: node-cidr-mask-size-ipv4
         value: "24"
       - name: node-cidr-mask-size-ipv6
         value: "64"
   scheduler:
     extraArgs:
       - name: v
         value: "2"
   ---
   apiVersion: kubeproxy.config.k8s.io/v1alpha1
   kind: KubeProxyConfiguration
   mode: nftables
   clusterCIDR: 10.1.0.0/16,fd00:1::/56
   ---
   apiVersion: kubelet.config.k8s.io/v1beta1
   kind: KubeletConfiguration
   clusterDNS:
     - 10.2.0.10
   clusterDomain: cluster.local
   maxPods: 110
   "
  `);
});

test.each([
  ['1.22', 'v1beta3'],
  ['1.30', 'v1beta3'],
  ['1.31', 'v1beta4'],
  [undefined, 'v1beta4'],
])('Kubernetes %s has %s', (kubernetesVersion, version) => {
  expect(kubeadm({ ...SINGLE, kubernetesVersion }).files.get('kubeadm/prod.yaml')).toContain(
    `kubeadm.k8s.io/${version}`,
  );
});

describe('Cilium takes the place of kube-proxy', () => {
  const replacing = (more: Partial<Parameters<typeof Cni.cilium>[0]> = {}): Cni =>
    Cni.cilium({ kubeProxyReplacement: true, apiServerHost: 'api.example.com', ...more });

  test('v1beta4 has a field for it', () => {
    const { files, said } = kubeadm({ ...DUAL, cni: replacing() }, { skipPhases: ['addon/coredns'] });
    expect(said).toEqual([]);
    const text = files.get('kubeadm/prod.yaml') ?? '';
    expect(text).toContain('proxy:\n  disabled: true\n');
    expect(text).toContain('skipPhases:\n  - addon/coredns\n---');
    expect(text).not.toContain('KubeProxyConfiguration');
  });

  test.each([undefined, ['addon/kube-proxy'], ['addon/coredns']])(
    'before it, the phase is skipped beside %j',
    (skipPhases) => {
      const text = kubeadm({ ...SINGLE, cni: replacing() }, { skipPhases }).files.get('kubeadm/prod.yaml') ?? '';
      expect(text).toContain('kubeadm.k8s.io/v1beta3');
      expect(text.match(/- addon\/kube-proxy/g)).toHaveLength(1);
      expect(text).not.toMatch(/disabled|KubeProxyConfiguration/);
    },
  );

  test.each<[Cni, KubeadmConfigProps, string]>([
    [
      replacing({ apiServerHost: undefined }),
      {},
      'Cilium takes the place of kube-proxy in cluster prod, and does not know where the API server is',
    ],
    [
      replacing(),
      { proxyMode: KubeProxyMode.IPVS },
      'proxyMode is ipvs, and Cilium takes the place of kube-proxy in cluster prod',
    ],
  ])('what contradicts it %#', (cni, props, problem) => {
    expect(kubeadm({ ...DUAL, cni }, props).said).toEqual([`NL150 ${problem}`]);
  });

  test('kube-proxy stays where it does not', () => {
    const text = kubeadm({ ...DUAL, cni: Cni.cilium() }).files.get('kubeadm/prod.yaml') ?? '';
    expect(text).toContain('KubeProxyConfiguration');
    expect(text).not.toContain('disabled');
  });
});

test.each([
  [
    '1.30',
    [
      'NL150 proxyMode is nftables, and kube-proxy of Kubernetes 1.30 refuses it without the feature gate NFTablesProxyMode',
    ],
  ],
  ['1.31', []],
  [undefined, []],
])('nftables on Kubernetes %s', (kubernetesVersion, said) => {
  expect(kubeadm({ ...SINGLE, kubernetesVersion }, { proxyMode: KubeProxyMode.NFTABLES }).said).toEqual(said);
});

test('pods ask the cache on their node, if there is one', () => {
  const { files, said } = built(DUAL, (cluster, chart) => {
    new KubeadmConfig(cluster, 'kubeadm');
    return new NodeLocalDns(chart, 'cache');
  });
  expect(said).toEqual([]);
  expect(files.get('kubeadm/prod.yaml')).toContain('clusterDNS:\n  - 169.254.20.10\n');
});

test('one file for each cluster of an app', () => {
  const app = Testing.app();
  for (const name of ['b', 'a']) {
    const cluster = new Cluster(app, name, {
      supernets: [name === 'a' ? '10.0.0.0/9' : '10.128.0.0/9'],
      nodes: 1,
      services: 50,
    });
    new KubeadmConfig(new Chart(cluster, 'any'), 'kubeadm');
  }
  expect([...NetworkSynthesis.of(app).files().keys()]).toEqual(['kubeadm/a.yaml', 'kubeadm/b.yaml']);
});

describe('what cannot work', () => {
  test.each<[string, KubeadmConfigProps, string]>([
    [
      'a version of another minor',
      { kubernetesVersion: 'v1.33.1' },
      'kubernetesVersion is v1.33.1, and the version of cluster prod is 1.34',
    ],
    ['no exact version', { kubernetesVersion: '1.34' }, 'kubernetesVersion is "1.34", which is not an exact version'],
    ['no address', { advertiseAddress: '10.0.0' }, 'advertiseAddress: 10.0.0 has 3 octets instead of four'],
    [
      'the wrong family',
      { advertiseAddress: 'fd00:9::1' },
      'advertiseAddress fd00:9::1 is IPv6, and the primary family of cluster prod is IPv4',
    ],
    [
      'the address of a pod',
      { advertiseAddress: '10.1.2.3' },
      'advertiseAddress 10.1.2.3 lies in the pod range 10.1.0.0/16 of cluster prod',
    ],
    [
      'the address of a Service',
      { nodeIps: ['10.2.0.1', 'fd00:9::1'] },
      'nodeIps[0] 10.2.0.1 lies in the service CIDR 10.2.0.0/16 of cluster prod',
    ],
    ['one family only', { nodeIps: ['10.9.0.1'] }, 'nodeIps are IPv4, and the families of cluster prod are IPv4, IPv6'],
    [
      'another order',
      { nodeIps: ['fd00:9::1', '10.9.0.1'] },
      'nodeIps are IPv6, IPv4, and the families of cluster prod are IPv4, IPv6',
    ],
    [
      'no host',
      { controlPlaneEndpoint: 'https://a:6443' },
      'controlPlaneEndpoint is "https://a:6443", not a host and a port',
    ],
    [
      'a host in the service range',
      { controlPlaneEndpoint: '[fd00:2::1]:6443' },
      'controlPlaneEndpoint fd00:2::1 lies in the service CIDR fd00:2::/112 of cluster prod',
    ],
    [
      'no port',
      { controlPlaneEndpoint: 'a.example.com:0' },
      'the port of controlPlaneEndpoint is 0, which is not a whole number from 1 to 65535',
    ],
    ['a port', { bindPort: 70000 }, 'bindPort is 70000, which is not a whole number from 1 to 65535'],
    ['a name', { certSans: ['A_b'] }, 'certSans[0] is "A_b", which is neither an address nor a DNS name'],
    [
      'what the plan decides',
      { controllerManagerArgs: { 'cluster-cidr': '10.0.0.0/8' } },
      'controllerManagerArgs sets cluster-cidr, which is written from the plan',
    ],
    ['hyphens', { apiServerArgs: { '--v': '2' } }, 'apiServerArgs has "--v", which is not the name of an argument'],
  ])('%s', (_name, props, problem) => {
    const { said } = kubeadm(DUAL, props);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`NL150 ${problem}`);
  });

  test('a Kubernetes that is too old, and a service CIDR that kubeadm refuses', () => {
    expect(kubeadm({ ...SINGLE, kubernetesVersion: '1.21' }).said).toEqual([
      'NL150 kubeadm of Kubernetes 1.21 does not read kubeadm.k8s.io/v1beta3',
    ]);
    expect(kubeadm({ ...SINGLE, kubernetesVersion: '1.35', serviceCidrs: ['10.160.0.0/11'] }).said).toEqual([
      'NL150 service CIDR 10.160.0.0/11 is larger than kubeadm accepts',
    ]);
  });

  test('no ranges', () => {
    expect(kubeadm({}).said).toEqual([
      'NL150 cluster prod has no pod range',
      'NL150 cluster prod has no service range',
    ]);
  });

  test('no cluster', () => {
    const app = Testing.app();
    new KubeadmConfig(new Construct(app, 'x'), 'kubeadm');
    expect(synthOutput(new Chart(app, 'c'))).toContain('NL150 invalid-bootstrap-config: it is not in a cluster');
  });

  test('two configurations of one cluster', () => {
    const { said } = built(SINGLE, (cluster) => {
      new KubeadmConfig(cluster, 'a');
      return new KubeadmConfig(cluster, 'b');
    });
    expect(said).toEqual(['NL127 kubeadm/prod.yaml is also written by prod/a']);
  });

  test('several problems are told together, and nothing is written', () => {
    const app = new App({ outdir: Testing.app().outdir });
    new KubeadmConfig(new Cluster(app, 'prod', SINGLE), 'kubeadm', { bindPort: 0, advertiseAddress: 'x' });
    expect(() => {
      app.synth();
    }).toThrow(/bindPort is 0[^]*advertiseAddress|advertiseAddress[^]*bindPort is 0/);
  });
});
