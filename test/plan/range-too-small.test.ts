import { planOf } from './fleet';

/** `severity code message | help` of all findings. */
function verdicts(cluster: object): string[] {
  return planOf({ clusters: { a: cluster } }).findings.map(
    ({ severity, code, message, help }) => `${severity} ${code} ${message} | ${help}`,
  );
}

describe('a size beside explicit ranges is what they must hold', () => {
  test.each<[string, object, string[]]>([
    ['they do', { nodes: 64, podCidrs: ['10.233.64.0/18'], services: 16380, serviceCidrs: ['10.233.0.0/18'] }, []],
    [
      'too few nodes',
      { nodes: 69, podCidrs: ['10.233.64.0/18'], serviceCidrs: ['10.233.0.0/18'] },
      [
        'error NL113 podCidrs of cluster a holds 64 of 69 nodes: 10.233.64.0/18, in blocks of /24 | set nodeCidrMaskSize: {IPv4: 25}: 128 nodes of 64 pods each with two addresses for a pod, 125 at most; or give an IPv4 range of /17 or larger',
      ],
    ],
    [
      'no smaller block holds the pods of a node',
      { nodes: 69, podCidrs: ['10.233.64.0/18'], podsPerNode: 200 },
      [
        'error NL113 podCidrs of cluster a holds 32 of 69 nodes: 10.233.64.0/18, in blocks of /23 | give an IPv4 range of /16 or larger',
      ],
    ],
    [
      'only the headroom is missing',
      { nodes: 40, headroom: 2, podCidrs: ['10.200.64.0/18'], nodeCidrMaskSize: { IPv4: 24 } },
      [
        'warning NL113 podCidrs of cluster a holds 64 of 80 nodes (40 × headroom 2): 10.200.64.0/18, in blocks of /24 | set nodeCidrMaskSize: {IPv4: 25}: 128 nodes of 64 pods each with two addresses for a pod, 125 at most; or give an IPv4 range of /17 or larger',
      ],
    ],
    [
      'one service too many',
      { services: 253, serviceCidrs: ['10.96.0.0/24'] },
      [
        'error NL113 serviceCidrs of cluster a holds 254 of 255 services (253 services and the 2 of every cluster): 10.96.0.0/24 | give an IPv4 range of /23 or larger; or add one with extraServiceCidrs (Kubernetes 1.33 or later)',
      ],
    ],
    [
      'an extra service range counts',
      { services: 253, serviceCidrs: ['10.96.0.0/24'], extraServiceCidrs: ['10.96.1.0/24'] },
      [],
    ],
    [
      'several load balancer ranges count together',
      { loadBalancers: 33, loadBalancerCidrs: ['10.1.0.0/28', '10.1.1.0/28'] },
      [
        'error NL113 loadBalancerCidrs of cluster a holds 32 of 33 load balancer addresses: 10.1.0.0/28, 10.1.1.0/28 | give an IPv4 range of /26 or larger; or list another range beside it',
      ],
    ],
    [
      'each family by itself',
      { families: ['IPv4', 'IPv6'], nodes: 300, podCidrs: ['10.0.0.0/16', 'fd00:1::/56'] },
      [
        'error NL113 podCidrs of cluster a holds 256 of 300 nodes: 10.0.0.0/16, in blocks of /24 | set nodeCidrMaskSize: {IPv4: 25}: 512 nodes of 64 pods each with two addresses for a pod, 125 at most; or give an IPv4 range of /15 or larger',
        'error NL113 podCidrs of cluster a holds 256 of 300 nodes: fd00:1::/56, in blocks of /64 | set nodeCidrMaskSize: {IPv6: 65}: 512 nodes; or give an IPv6 range of /55 or larger',
      ],
    ],
    ['0 load balancers fit into anything', { loadBalancers: 0, loadBalancerCidrs: ['10.0.0.0/24'] }, []],
    [
      'a range that Kubernetes refuses is that finding alone',
      { nodes: 3, podCidrs: ['10.0.0.0/25'] },
      [
        'error NL106 cluster CIDR 10.0.0.0/25 of cluster a is smaller than the pod CIDR of one node, a /24 (podsPerNode 110) | give a cluster CIDR of /24 or larger, or set nodeCidrMaskSize.IPv4 to 25 or more',
      ],
    ],
  ])('%s', (_, cluster, expected) => {
    expect(verdicts(cluster)).toEqual(expected);
  });
});

test('the register says what the range is for', () => {
  const plan = planOf({ clusters: { a: { nodes: 10, headroom: 2, podCidrs: ['10.0.0.0/16'] } } });
  expect(plan.allocations.map(({ reason }) => reason)).toEqual(['given as podCidrs for 20 nodes (10 × headroom 2)']);
});
