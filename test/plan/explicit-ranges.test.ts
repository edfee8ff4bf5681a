import { planOf, texts } from './fleet';

function problems(cluster: Record<string, unknown>): string[] {
  return texts(planOf({ clusters: { c: cluster } }).findings);
}

describe('node mask against cluster CIDR', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['16 bits apart', { podCidrs: ['10.0.0.0/8'], nodeCidrMaskSize: { IPv4: 24 } }, []],
    [
      '17 bits apart',
      { podCidrs: ['10.0.0.0/8'], nodeCidrMaskSize: { IPv4: 25 } },
      [
        'NL106 cluster CIDR 10.0.0.0/8 of cluster c and node CIDR mask /25 (nodeCidrMaskSize) are 17 bits apart, and Kubernetes allows 16',
      ],
    ],
    ['IPv6, 16 bits apart', { families: ['IPv6'], podCidrs: ['fd00::/48'] }, []],
    [
      'IPv6, 17 bits apart',
      { families: ['IPv6'], podCidrs: ['fd00::/47'] },
      [
        'NL106 cluster CIDR fd00::/47 of cluster c and node CIDR mask /64 (podsPerNode 110) are 17 bits apart, and Kubernetes allows 16',
      ],
    ],
    ['one node', { podCidrs: ['10.0.0.0/24'] }, []],
    [
      'less than a node',
      { podCidrs: ['10.0.0.0/25'] },
      ['NL106 cluster CIDR 10.0.0.0/25 of cluster c is smaller than the pod CIDR of one node, a /24 (podsPerNode 110)'],
    ],
    [
      'less than kubeadm accepts',
      { podCidrs: ['10.0.0.0/29'] },
      ['NL106 cluster CIDR 10.0.0.0/29 has 8 addresses, and kubeadm asks for at least 14'],
    ],
    [
      'a mask of a family the cluster does not have',
      { podCidrs: ['10.0.0.0/24'], nodeCidrMaskSize: { IPv6: 64 } },
      ['NL106 cluster c has a node CIDR mask for IPv6, and its families are IPv4'],
    ],
  ])('%s', (_, cluster, expected) => {
    expect(problems(cluster)).toEqual(expected);
  });
});

describe('pods against the node mask', () => {
  test.each([
    [253, []],
    [
      254,
      [
        'NL107 a /24 holds 253 pods, and a node of cluster c has 254 (a node needs its network, broadcast and gateway address beside them)',
      ],
    ],
  ])('%i pods in a /24', (podsPerNode, expected) => {
    expect(problems({ podCidrs: ['10.0.0.0/16'], nodeCidrMaskSize: { IPv4: 24 }, podsPerNode })).toEqual(expected);
  });
});

describe('the size of a service CIDR', () => {
  test.each<[Record<string, unknown>, string[]]>([
    [{ serviceCidrs: ['10.96.0.0/28'] }, []],
    [
      { serviceCidrs: ['10.96.0.0/29'] },
      ['NL108 service CIDR 10.96.0.0/29 has 8 addresses, and kubeadm asks for at least 10'],
    ],
    [{ serviceCidrs: ['10.96.0.0/12'] }, []],
    [
      { serviceCidrs: ['10.96.0.0/11'] },
      ['NL108 service CIDR 10.96.0.0/11 of cluster c is larger than a /12, the largest that Kubernetes accepts'],
    ],
    [
      { serviceCidrs: ['10.96.0.0/11'], kubernetesVersion: '1.34' },
      ['NL108 service CIDR 10.96.0.0/11 of cluster c is larger than a /12, the largest that Kubernetes accepts'],
    ],
    [{ serviceCidrs: ['10.96.0.0/11'], kubernetesVersion: '1.35' }, []],
    [{ families: ['IPv6'], serviceCidrs: ['fd00::/108'] }, []],
    [
      { families: ['IPv6'], serviceCidrs: ['fd00::/107'] },
      ['NL108 service CIDR fd00::/107 of cluster c is larger than a /108, the largest that Kubernetes accepts'],
    ],
    [{ families: ['IPv6'], serviceCidrs: ['fd00::/64'], kubernetesVersion: '1.35' }, []],
    [
      { families: ['IPv6'], serviceCidrs: ['fd00::/63'], kubernetesVersion: '2.0' },
      ['NL108 service CIDR fd00::/63 of cluster c is larger than a /64, the largest that Kubernetes accepts'],
    ],
  ])('%j', (cluster, expected) => {
    expect(problems(cluster)).toEqual(expected);
  });
});

describe('families', () => {
  const dual = { families: ['IPv4', 'IPv6'] };
  test.each<[string, Record<string, unknown>, string[]]>([
    ['in order', { ...dual, podCidrs: ['10.0.0.0/16', 'fd00::/56'] }, []],
    [
      'out of order',
      { ...dual, podCidrs: ['fd00::/56', '10.0.0.0/16'] },
      ['NL109 podCidrs of cluster c lists IPv6 before IPv4, and its families are IPv4, IPv6'],
    ],
    [
      'one is missing',
      { ...dual, serviceCidrs: ['10.0.0.0/16'] },
      ['NL109 serviceCidrs of cluster c has no IPv6 range, and its families are IPv4, IPv6'],
    ],
    [
      'one too many',
      { podCidrs: ['10.0.0.0/16', 'fd00::/56'] },
      ['NL109 fd00::/56 is IPv6, and the families of cluster c are IPv4'],
    ],
    [
      'two of one',
      { podCidrs: ['10.0.0.0/16', '10.1.0.0/16'] },
      [
        'NL109 podCidrs of cluster c has 2 IPv4 ranges (10.0.0.0/16, 10.1.0.0/16), and Kubernetes takes one for each family',
      ],
    ],
    [
      'load balancers may be many, of some families',
      { ...dual, loadBalancerCidrs: ['10.0.0.0/24', '10.0.1.0/24'] },
      [],
    ],
  ])('%s', (_, cluster, expected) => {
    expect(problems(cluster)).toEqual(expected);
  });
});

test('explicit ranges of several pieces add up', () => {
  const plan = planOf({ clusters: { c: { loadBalancerCidrs: ['10.0.1.0/24', '10.0.0.0/26'] } } });
  expect(plan.clusters.get('c')).toMatchObject({
    loadBalancerCidrs: ['10.0.1.0/24', '10.0.0.0/26'],
    capacity: { loadBalancers: 320 },
  });
  expect(plan.allocations.map(({ key, cidr }) => [key, cidr])).toEqual([
    ['c/loadBalancers/IPv4', '10.0.0.0/26'],
    ['c/loadBalancers/IPv4', '10.0.1.0/24'],
  ]);
});
