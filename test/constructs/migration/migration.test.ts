import { ApiObject, type App, Chart, Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import {
  Cluster,
  ClusterDistribution,
  type ClusterProps,
  DualStackMigration,
  Fleet,
  IpFamily,
  K3sConfig,
  LoadBalancerProvider,
  LoadBalancerRangeChange,
  PodNetworkCni,
  PodNetworkMigration,
  PodRestart,
  Rke2Cni,
  Rke2Config,
  ServiceRangeExtension,
} from '../../../lib';
import { NetworkSynthesis } from '../../../lib/synth';

const FROM = { cni: PodNetworkCni.CALICO, podCidrs: ['10.244.0.0/16'] };

function clusterOf(props: ClusterProps): Cluster {
  return new Cluster(Testing.app(), 'prod', props);
}

function filesOf(cluster: Cluster): ReadonlyMap<string, string> {
  return NetworkSynthesis.of(cluster).files();
}

function findingsOf(app: App): string[] {
  const printed: string[] = [];
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  try {
    app.synthYaml();
  } catch (error) {
    printed.push(String(error));
  } finally {
    stderr.mockRestore();
  }
  return [...printed.join('\n').matchAll(/(?:error|warning) (NL\d+) [a-z-]+: (.*)/g)].map(
    ([, code, text]) => `${code} ${text}`,
  );
}

test('the target is the plan of the cluster, and the files stand in a folder for each stage', () => {
  const cluster = clusterOf({ supernets: ['10.64.0.0/10'], nodes: 600, services: 1000 });
  new PodNetworkMigration(cluster, 'move', { from: FROM, waveSize: 10 });
  expect(findingsOf(cluster.node.root as App)).toEqual([]);
  const files = filesOf(cluster);
  expect([...files.keys()]).toEqual([
    'migration/move/2-cluster-cidr/kubeadm-flags.jq',
    'migration/move/3-add-pools/ippools.yaml',
    'migration/move/README.md',
    'migration/move/runbook.netloom',
  ]);
  // kubectl apply -R -f reads these endings: each of them has to be a manifest.
  for (const [path, text] of files) {
    if (!/\.(?:ya?ml|json)$/.test(path)) continue;
    for (const document of parseAllDocuments(text)) {
      expect(document.toJS()).toMatchObject({
        apiVersion: expect.any(String) as unknown,
        kind: expect.any(String) as unknown,
        metadata: { name: expect.any(String) as unknown },
      });
    }
  }
  const pools = parseAllDocuments(files.get('migration/move/3-add-pools/ippools.yaml') ?? '').map(
    (document) => document.toJS() as { metadata: { name: string }; spec: { cidr: string } },
  );
  expect(pools.map(({ metadata, spec }) => [metadata.name, spec.cidr])).toEqual([
    ['planned-ipv4-ippool', cluster.podCidr],
  ]);
});

test('the text is the file', () => {
  const cluster = clusterOf({ podCidrs: ['10.64.0.0/14'] });
  const { markdown } = new PodNetworkMigration(cluster, 'move', { from: FROM, nodes: 3, restart: PodRestart.ROLLOUT });
  expect(filesOf(cluster).get('migration/move/README.md')).toBe(markdown);
});

test('all migrations of a cluster stand side by side', () => {
  const cluster = clusterOf({
    kubernetesVersion: '1.34',
    families: [IpFamily.IPV4, IpFamily.IPV6],
    supernets: ['10.64.0.0/10', 'fd3a:7b1c:52d0::/48'],
    nodes: 100,
    services: 1000,
    loadBalancers: 64,
  });
  new DualStackMigration(cluster, 'ipv6', { cni: PodNetworkCni.FLANNEL });
  new ServiceRangeExtension(cluster, 'more-services', { cidrs: ['10.192.0.0/20'] });
  new LoadBalancerRangeChange(cluster, 'addresses', {
    provider: LoadBalancerProvider.CILIUM,
    from: { pool: 'old', cidrs: ['192.0.2.0/26'] },
    to: { pool: 'planned' },
  });
  expect(findingsOf(cluster.node.root as App)).toEqual([]);
  expect([...filesOf(cluster).keys()].filter((path) => path.endsWith('.md'))).toEqual([
    'migration/addresses/README.md',
    'migration/ipv6/README.md',
    'migration/more-services/README.md',
  ]);
});

test('a range of another cluster of the fleet is not free', () => {
  const app = Testing.app();
  const fleet = new Fleet(app, 'fleet', {
    supernets: ['10.64.0.0/10'],
    reserved: { office: ['10.250.0.0/16'] },
    clusters: {
      eu: { podCidrs: ['10.128.0.0/14'] },
      us: { podCidrs: ['10.132.0.0/16'], serviceCidrs: ['10.133.0.0/20'] },
    },
  });
  const [eu] = fleet.clusters;
  new PodNetworkMigration(eu, 'move', { from: FROM, nodes: 3, to: { podCidrs: ['10.132.0.0/15'] } });
  new ServiceRangeExtension(eu, 'services', { cidrs: ['10.250.1.0/24'] });
  expect(findingsOf(app)).toEqual([
    'NL841 10.250.1.0/24 overlaps reservation office 10.250.0.0/16',
    'NL841 the pod range 10.132.0.0/15 overlaps pod range 10.132.0.0/16 of cluster us',
  ]);
});

describe('nothing is written', () => {
  test('of a migration that is refused', () => {
    const cluster = clusterOf({ podCidrs: ['10.64.0.0/20'] });
    const { markdown } = new PodNetworkMigration(cluster, 'move', { from: FROM, nodes: 100 });
    expect(markdown).toBe('');
    expect(filesOf(cluster).size).toBe(0);
    expect(findingsOf(cluster.node.root as App)).toEqual([
      'NL842 planned-ipv4-ippool 10.64.0.0/20 of the target has blocks for 32 nodes of 110 pods, and 100 run: 64 blocks of /26, 2 for each node',
    ]);
  });
  test('of one that belongs to no cluster', () => {
    const app = Testing.app();
    new ServiceRangeExtension(app, 'more', { cidrs: ['10.97.0.0/24'] });
    expect(findingsOf(app)).toEqual(['NL840 the migration belongs to no cluster']);
  });
  test('of one whose nodes are given twice', () => {
    const cluster = clusterOf({ podCidrs: ['10.64.0.0/14'] });
    new PodNetworkMigration(cluster, 'move', { from: FROM, nodes: 3, nodeGroups: [{ name: 'a', nodes: 3 }] });
    expect(findingsOf(cluster.node.root as App)).toEqual(['NL840 both nodes and nodeGroups are given']);
  });
  test('of a cluster that could not be planned, and no second finding', () => {
    const cluster = clusterOf({ supernets: ['10.64.0.0/20'], nodes: 600 });
    new PodNetworkMigration(cluster, 'move', { from: FROM });
    expect(findingsOf(cluster.node.root as App).map((text) => text.slice(0, 5))).toEqual(['NL102']);
  });
});

describe('RKE2 and k3s have no runbook of kubeadm', () => {
  const refused =
    'made the control plane: it has no kubeadm-config and no static pods of kubeadm, and its cluster-cidr is settled when the first server starts';

  test('where the app has their configuration', () => {
    const cluster = clusterOf({ podCidrs: ['10.64.0.0/14'], serviceCidrs: ['10.96.0.0/16'] });
    new Rke2Config(cluster, 'servers', { cni: Rke2Cni.CALICO });
    new PodNetworkMigration(cluster, 'move', { from: FROM, nodes: 3 });
    expect(findingsOf(cluster.node.root as App)).toContain(`NL845 rke2 ${refused}`);
    expect([...filesOf(cluster).keys()].filter((path) => path.startsWith('migration/'))).toEqual([]);
  });
  test('also where it comes after the migration', () => {
    const cluster = clusterOf({ podCidrs: ['10.64.0.0/14'], serviceCidrs: ['10.96.0.0/16'] });
    new PodNetworkMigration(cluster, 'move', { from: FROM, nodes: 3 });
    new K3sConfig(cluster, 'servers', {});
    expect(findingsOf(cluster.node.root as App)).toContain(
      'NL845 the cluster has a configuration of k3s, and the runbook was made for kubeadm',
    );
  });
  test('where somebody says so', () => {
    const cluster = clusterOf({ podCidrs: ['10.64.0.0/14'] });
    new PodNetworkMigration(cluster, 'move', { from: FROM, nodes: 3, distribution: ClusterDistribution.K3S });
    expect(findingsOf(cluster.node.root as App)).toEqual([`NL845 k3s ${refused}`]);
  });
  test('a ServiceCIDR changes nothing of theirs', () => {
    const cluster = clusterOf({
      podCidrs: ['10.64.0.0/14'],
      serviceCidrs: ['10.96.0.0/16'],
      kubernetesVersion: '1.34',
    });
    new ServiceRangeExtension(cluster, 'more', { cidrs: ['10.192.0.0/20'], distribution: ClusterDistribution.K3S });
    expect(findingsOf(cluster.node.root as App)).toEqual([]);
  });
});

test('every synth rehearses: an expectation that a stage breaks is a finding on the runbook', () => {
  const cluster = clusterOf({ podCidrs: ['10.64.0.0/14'], serviceCidrs: ['10.96.0.0/16'] });
  const chart = new Chart(cluster, 'objects');
  // A pool that the app declares is how the cluster shall be; this one is in the way of the pools of the migration.
  new ApiObject(chart, 'pool', {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: 'public', namespace: 'metallb-system' },
    spec: { addresses: ['10.64.0.0/26'] },
  });
  new PodNetworkMigration(cluster, 'move', { from: FROM, nodes: 3 });
  expect(findingsOf(cluster.node.root as App).filter((text) => text.includes('stage '))).not.toEqual([]);
});
