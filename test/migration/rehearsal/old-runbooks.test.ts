import { rehearse, type RehearsedCluster } from '../../../lib/migration';
import { KUBEADM_CALICO, oldRunbook } from './old-runbooks';

/** What the rehearsal says of the runbooks that the first version of Netloom wrote: each is a way to take a cluster down. */
function found(name: string, cluster: RehearsedCluster = KUBEADM_CALICO): string[] {
  return rehearse(oldRunbook(name), cluster).stages.flatMap(({ folder, problems }) =>
    problems.map(({ rule, message }) => `${folder} ${rule.code} ${message}`),
  );
}

const SECOND: RehearsedCluster = {
  ...KUBEADM_CALICO,
  kubeadm: { podSubnet: '10.64.0.0/17', serviceSubnet: '10.64.128.0/22', extraArgs: {} },
  staticPods: {
    'kube-apiserver': { 'service-cluster-ip-range': '10.64.128.0/22' },
    'kube-controller-manager': {
      'allocate-node-cidrs': 'true',
      'cluster-cidr': '10.64.0.0/17',
      'service-cluster-ip-range': '10.64.128.0/22',
    },
  },
  kubeProxy: { clusterCIDR: '10.64.0.0/17', detectLocalMode: '', interfaceNamePrefix: '' },
  pools: [{ ...KUBEADM_CALICO.pools[0], cidr: '10.64.0.0/17', encapsulation: 'None' }],
  nodes: [
    {
      name: 'all',
      count: 9,
      labels: {},
      podCidrs: [['10.64.1.0/24']],
      tunnels: {},
      pods: [{ addresses: ['10.64.1.4'] }],
    },
  ],
  services: [],
};

test.each<[string, RehearsedCluster]>([
  ['calico-manifest', KUBEADM_CALICO],
  ['calico-operator', { ...KUBEADM_CALICO, calicoOperator: true, calicoApi: 'API server' }],
  ['encapsulation-changes', KUBEADM_CALICO],
  ['second-family', SECOND],
  ['more-services', KUBEADM_CALICO],
  [
    'load-balancers',
    { ...KUBEADM_CALICO, loadBalancerPools: [{ name: 'public', cidrs: ['192.0.2.0/26'], disabled: false }] },
  ],
])('%s', (name, cluster) => {
  expect(found(name, cluster)).toMatchSnapshot();
});

describe('the defects that take a cluster down are found in the first example of the guide', () => {
  test.each<[string, string]>([
    [
      'the encapsulation is dropped',
      '3-add-pools NL853 pods of one family go two ways: default-ipv4-ippool by IPIP, zone-a by None',
    ],
    [
      'kubeadm upgrade stops kube-controller-manager',
      '2-cluster-cidr NL851 the next kubeadm upgrade writes --allocate-node-cidrs=true for kube-controller-manager, now false; and then kube-controller-manager ends: cidr 10.244.0.0/24 is out the range of cluster cidr 10.100.0.0/14',
    ],
    [
      'stage 4 interrupts',
      '4-disable-pools NL854 it says that it disrupts nothing, and calico/node takes the address of the tunnel IPIP IPv4 away',
    ],
    [
      'pods that belong to nothing block the drain',
      '5-move-pods NL856 "zone a: 10 waves of at most 8 nodes" comes before anybody has looked for pods that belong to nothing',
    ],
    [
      'no node is looked for that no pool selects',
      '4-disable-pools NL856 "Disable the pools" comes before anybody has looked for nodes that no pool selects',
    ],
    [
      'pools by kubectl where nothing serves them',
      '4-disable-pools NL857 "Disable the pools" asks kubectl for projectcalico.org',
    ],
    ['a check that cannot look', '1-prepare NL855 "No policy names the old range" asks for several kinds at once'],
    [
      'a check that fails on a healthy cluster',
      '5-move-pods NL855 "It has a new address, and reaches the cluster" asks for kubernetes.default',
    ],
  ])('%s', (_what, expected) => {
    const texts = found('calico-manifest');
    expect(texts.filter((text) => text.startsWith(expected))).toHaveLength(1);
  });

  test('and on RKE2 nothing of it can be run', () => {
    expect(
      found('calico-manifest', { ...KUBEADM_CALICO, distribution: 'rke2', kubeadm: null, staticPods: {} }),
    ).toContainEqual(expect.stringContaining('and rke2 made the control plane'));
  });
});
