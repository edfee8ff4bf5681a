import { type Chart, Testing, Yaml } from 'cdk8s';
import {
  type Cluster,
  CoreDns,
  K3sConfig,
  K3sFlannelBackend,
  KubeadmConfig,
  KubeProxyMode,
  NodeLocalDns,
  Rke2Cni,
  Rke2Config,
} from '../../lib';
import { built, DUAL } from './bootstrap/rendered';

const ARGUMENTS = { v: '2' };
const SERVER = {
  tlsSans: ['api.example.com', '192.0.2.1'],
  disable: ['metrics-server'],
  disableKubeProxy: true,
  kubeApiserverArgs: { 'audit-log-path': '/var/log/audit.log' },
  kubeControllerManagerArgs: ARGUMENTS,
  kubeletArgs: { 'eviction-hard': 'memory.available<200Mi' },
};

/** What starts a cluster and answers its DNS, with every field that it can write; a cache on each node, where kubelets ask it. */
const KINDS: Readonly<Record<string, (cluster: Cluster, chart: Chart) => undefined>> = {
  KubeadmConfig: (cluster, chart) => {
    new NodeLocalDns(chart, 'cache');
    new KubeadmConfig(cluster, 'it', {
      kubernetesVersion: 'v1.34.2',
      controlPlaneEndpoint: 'api.example.com:6443',
      advertiseAddress: '192.0.2.1',
      bindPort: 6444,
      nodeIps: ['192.0.2.1', '2001:db8::1'],
      certSans: ['api.example.com', '192.0.2.1'],
      apiServerArgs: { 'audit-log-path': '/var/log/audit.log' },
      controllerManagerArgs: ARGUMENTS,
      schedulerArgs: ARGUMENTS,
      proxyMode: KubeProxyMode.NFTABLES,
      skipPhases: ['addon/coredns'],
    });
  },
  K3sConfig: (cluster, chart) => {
    new NodeLocalDns(chart, 'cache');
    new K3sConfig(cluster, 'it', { ...SERVER, flannelBackend: K3sFlannelBackend.HOST_GW, disableNetworkPolicy: true });
  },
  Rke2Config: (cluster, chart) => {
    new NodeLocalDns(chart, 'cache');
    new Rke2Config(cluster, 'it', { ...SERVER, cni: Rke2Cni.CANAL });
  },
  CoreDns: (_cluster, chart) => {
    new CoreDns(chart, 'it', {
      stubDomains: { 'corp.example.com': ['192.0.2.53', '[2001:db8::53]:5353'] },
      upstreams: ['192.0.2.54', '192.0.2.55:53'],
    });
  },
  NodeLocalDns: (_cluster, chart) => {
    new NodeLocalDns(chart, 'it', { address: '169.254.25.10', image: 'registry.example.com/dns/cache:1' });
  },
};

test.each(Object.entries(KINDS))('%s', (_, build) => {
  let objects: unknown[] = [];
  const { files, said } = built(DUAL, (cluster, chart) => {
    build(cluster, chart);
    objects = Testing.synth(chart) as unknown[];
    return undefined;
  });
  expect(said).toEqual([]);
  const texts = [...files].map(([path, text]) => `# ${path}\n${text}`);
  expect(`\n${texts.length > 0 ? texts.join('') : Yaml.stringify(...objects)}`).toMatchSnapshot();
});
