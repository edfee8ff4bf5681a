import { ApiObject, Chart, Testing } from 'cdk8s';
import {
  Cluster,
  type ClusterProps,
  Cni,
  Fleet,
  K3sConfig,
  KubeadmConfig,
  NetworkPolicy,
  NodeLocalDns,
  Pods,
  PolicyPeer,
  PolicyPort,
} from '../../../lib';
import { built, DUAL, SINGLE } from '../bootstrap/rendered';
import { synthesizeApp } from '../network-of';

/** The egress rules of a policy that allows DNS, in a cluster with these props. */
function allowed(props: ClusterProps, add: (chart: Chart) => void = () => undefined): unknown {
  const chart = new Chart(new Cluster(Testing.app(), 'prod', props), 'chart', { namespace: 'shop' });
  const policy = new NetworkPolicy(chart, 'web', { subject: Pods.all() });
  policy.allowDns();
  add(chart);
  return egressOf(policy);
}

function egressOf(policy: NetworkPolicy): unknown {
  return (ApiObject.of(policy).toJson() as { spec: { egress: unknown } }).spec.egress;
}

const podsIn = (namespace: string, labels: object): object => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});
const KUBE_DNS = podsIn('kube-system', { 'k8s-app': 'kube-dns' });
const ports = (port: number): object[] => [
  { port, protocol: 'UDP' },
  { port, protocol: 'TCP' },
];
const block = (cidr: string): object => ({ ipBlock: { cidr } });

describe('allowDns() allows', () => {
  test.each<[string, ClusterProps, ((chart: Chart) => void) | undefined, unknown]>([
    ['the pods of the DNS Service', SINGLE, undefined, [{ to: [KUBE_DNS], ports: ports(53) }]],
    [
      'the cache of the node, which stands after the policy',
      SINGLE,
      (chart) => new NodeLocalDns(chart, 'cache'),
      [{ to: [KUBE_DNS, block('169.254.20.10/32')], ports: ports(53) }],
    ],
    [
      'a cache with an IPv6 address',
      DUAL,
      (chart) => new NodeLocalDns(chart, 'cache', { address: 'FD00:9::A' }),
      [{ to: [KUBE_DNS, block('fd00:9::a/128')], ports: ports(53) }],
    ],
    [
      'a cache of somebody else, in the iptables mode of kube-proxy',
      { ...SINGLE, dns: { addresses: ['169.254.20.10', '10.2.0.10'] } },
      undefined,
      [{ to: [KUBE_DNS, block('169.254.20.10/32'), block('10.2.0.10/32')], ports: ports(53) }],
    ],
    [
      'OpenShift',
      {
        ...SINGLE,
        dns: {
          namespace: 'openshift-dns',
          podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
          ports: [5353],
        },
      },
      undefined,
      [
        {
          to: [podsIn('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })],
          ports: ports(5353),
        },
      ],
    ],
    [
      'ports of their own and the cache, each with its port',
      { ...SINGLE, dns: { ports: [1053] } },
      (chart) => new NodeLocalDns(chart, 'cache'),
      [
        { to: [KUBE_DNS], ports: ports(1053) },
        { to: [block('169.254.20.10/32')], ports: ports(53) },
      ],
    ],
  ])('%s', (_name, props, add, expected) => {
    expect(allowed(props, add)).toEqual(expected);
  });

  test('a resolver that is named, and nothing else', () => {
    const chart = new Chart(new Cluster(Testing.app(), 'prod', SINGLE), 'chart', { namespace: 'shop' });
    new NodeLocalDns(chart, 'cache');
    const policy = new NetworkPolicy(chart, 'web', { subject: Pods.all() });
    policy.allowDns({ resolver: PolicyPeer.cidr('10.0.0.53/32') });
    policy.allowDns({ ports: [PolicyPort.udp(53)] });
    expect(egressOf(policy)).toEqual([
      { to: [block('10.0.0.53/32')], ports: ports(53) },
      { to: [KUBE_DNS, block('169.254.20.10/32')], ports: [{ port: 53, protocol: 'UDP' }] },
    ]);
  });
});

test('each cluster of a fleet has its own', () => {
  const { problems, manifests } = synthesizeApp((app) => {
    const fleet = new Fleet(app, 'fleet', {
      clusters: {
        a: { ...SINGLE, dns: { addresses: ['169.254.169.254'] } },
        b: { ...SINGLE, podCidrs: ['10.3.0.0/16'], serviceCidrs: ['10.4.0.0/16'] },
      },
    });
    for (const cluster of fleet.clusters) {
      const policy = new NetworkPolicy(new Chart(cluster, 'shop'), cluster.name, { subject: Pods.all() });
      policy.allowDns();
    }
  });
  expect(problems).toEqual([]);
  expect(manifests.map(({ spec }) => JSON.stringify(spec).includes('169.254.169.254'))).toEqual([true, false]);
});

test('cluster.dns', () => {
  const cluster = new Cluster(Testing.app(), 'prod', SINGLE);
  const usual = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, ports: [53] };
  expect(cluster.dns).toEqual({ addresses: [], ...usual });
  new NodeLocalDns(new Chart(cluster, 'chart'), 'cache');
  expect(cluster.dns).toEqual({ addresses: ['169.254.20.10'], ...usual });
});

test('kubelets name what the cluster says', () => {
  const { files, said } = built({ ...SINGLE, dns: { addresses: ['10.0.0.53', '10.0.0.54'] } }, (cluster) => {
    new KubeadmConfig(cluster, 'kubeadm');
    return new K3sConfig(cluster, 'k3s');
  });
  expect(said).toEqual([]);
  expect(files.get('kubeadm/prod.yaml')).toContain('clusterDNS:\n  - 10.0.0.53\n  - 10.0.0.54\n');
  expect(files.get('k3s/prod/agent.yaml')).toContain('- cluster-dns=10.0.0.53,10.0.0.54\n');
  expect(files.get('k3s/prod/server.yaml')).toContain('cluster-dns: 10.2.0.10\n');
});

test('a default deny without DNS beside a cache is found, and allowDns() mends it', () => {
  const said = (allow: (policy: NetworkPolicy) => void): readonly string[] =>
    built(SINGLE, (_cluster, chart) => {
      new ApiObject(chart, 'pod', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'example.com/web:1' }] },
      });
      new NodeLocalDns(chart, 'cache');
      const policy = NetworkPolicy.defaultDeny(chart, 'deny', { namespace: 'shop' });
      allow(policy);
      return policy;
    }).said.filter((text) => text.startsWith('NL515'));
  const toPods = (policy: NetworkPolicy): void => {
    policy.allowTo(
      [PolicyPeer.podsIn('kube-system', Pods.labelled({ 'k8s-app': 'kube-dns' }))],
      [PolicyPort.udp(53), PolicyPort.tcp(53)],
    );
  };
  expect(said(toPods)).toEqual([
    "NL515 egress: Pod shop/web may open some connections, and none to the cluster's DNS, which pods ask at 169.254.20.10: names are not resolved",
  ]);
  expect(
    said((policy) => {
      policy.allowDns();
    }),
  ).toEqual([]);
});

test('Cilium lets policies see the address of the cache where that is one of the host', () => {
  const values = (cached: boolean): string =>
    built({ ...SINGLE, cni: Cni.cilium() }, (_cluster, chart) =>
      cached ? new NodeLocalDns(chart, 'cache') : undefined,
    ).files.get('cilium/prod-values.yaml') ?? '';
  expect(values(true)).toContain('policyCIDRMatchMode:\n  - nodes\n');
  expect(values(false)).not.toContain('policyCIDRMatchMode');
  const { said } = built(
    { ...SINGLE, cni: Cni.cilium({ version: '1.14' }) },
    (_cluster, chart) => new NodeLocalDns(chart, 'cache'),
  );
  expect(said).toEqual(['NL626 NodeLocalDns needs Cilium 1.15 or later, and the version is 1.14']);
});

test.each<[ClusterProps['dns'], string]>([
  [{ addresses: ['here'] }, 'dns.addresses[0]: here is not an IP address'],
  [{ ports: [] }, 'dns.ports is empty'],
  [{ ports: [0] }, 'dns.ports[0] is 0, which is not a whole number from 1 to 65535'],
  [{ podLabels: {} }, 'dns.podLabels is empty, which would choose every pod'],
  [{ namespace: 'Infra' }, 'dns.namespace "Infra" is not a DNS label'],
])('%j is refused', (dns, problem) => {
  expect(built({ ...SINGLE, dns }, () => undefined).said).toEqual([`NL152 ${problem}`]);
});
