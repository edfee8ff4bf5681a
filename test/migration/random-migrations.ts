import fc from 'fast-check';
import {
  type DualStackInput,
  type LoadBalancerRangeInput,
  planDualStackMigration,
  planLoadBalancerRangeChange,
  type Planned,
  planPodNetworkMigration,
  type PodNetworkMigrationInput,
  planServiceRangeExtension,
  type PoolInput,
  type Runbook,
  type ServiceRangeInput,
} from '../../lib/migration';
import { MOVE } from './migrations';

const ENCAPSULATIONS = ['None', 'IPIP', 'IPIPCrossSubnet', 'VXLAN', 'VXLANCrossSubnet'] as const;
const FAMILIES = ['IPv4', 'IPv6'] as const;

const common = fc.record({
  kubeProxy: fc.boolean(),
  calicoOperator: fc.boolean(),
  calicoApi: fc.constantFrom('calicoctl' as const, 'API server' as const, 'native CRDs' as const),
  distribution: fc.constantFrom(
    'kubeadm' as const,
    'kubeadm' as const,
    'kubeadm' as const,
    'rke2' as const,
    'k3s' as const,
  ),
  restart: fc.constantFrom('drain' as const, 'rollout' as const),
  waveSize: fc.integer({ min: 1, max: 3 }),
  podsPerNode: fc.constantFrom(30, 110),
});

const ZONES = ['a', 'b'];
const groups = fc.constantFrom(
  [{ name: 'all', nodes: 6 }],
  [...ZONES, 'control plane'].map((zone) => ({ name: `zone ${zone}`, nodes: 3, labels: { zone } })),
);

const pool = (names: readonly string[]): fc.Arbitrary<PoolInput> =>
  fc.record(
    {
      name: fc.constantFrom(...names),
      cidr: fc.integer({ min: 240, max: 255 }).map((octet) => `10.${octet}.0.0/16`),
      blockSize: fc.constantFrom(25, 26, 27),
      natOutgoing: fc.boolean(),
      encapsulation: fc.constantFrom(...ENCAPSULATIONS),
      nodeLabels: fc.constantFrom<Record<string, string>>({}, { zone: 'a' }, { zone: 'b' }),
    },
    { requiredKeys: ['name', 'cidr'] },
  );
const pools = (names: readonly string[]): fc.Arbitrary<PoolInput[]> =>
  fc.uniqueArray(pool(names), { minLength: 1, maxLength: 3, selector: ({ cidr }) => cidr });

const calico: fc.Arbitrary<PodNetworkMigrationInput> = fc
  .record({
    common,
    groups,
    from: pools(['a', 'b', 'c']),
    to: pools(['b', 'c', 'd', 'e']),
    temporary: fc.boolean(),
    wide: fc.boolean(),
  })
  .map(({ common: settings, groups: nodeGroups, from, to, temporary, wide }) => ({
    ...MOVE,
    ...settings,
    nodeGroups,
    from: { cni: 'calico', podCidrs: [wide ? '10.240.0.0/12' : '10.0.0.0/9'], pools: from },
    to: { cni: 'calico', podCidrs: ['10.240.0.0/12'], pools: to },
    ...(temporary && { temporaryPool: { name: 'on-the-way', cidr: '172.16.0.0/16' } }),
  }));

const byNode = (cni: 'flannel' | 'cilium'): fc.Arbitrary<PodNetworkMigrationInput> =>
  fc
    .record({
      common,
      groups,
      from: fc.constantFrom(16, 18, 20),
      to: fc.constantFrom(14, 16, 19),
      mask: fc.constantFrom(23, 24, 25),
      elsewhere: fc.boolean(),
    })
    .map(({ common: settings, groups: nodeGroups, from, to, mask, elsewhere }) => ({
      ...MOVE,
      ...settings,
      nodeGroups,
      from: { cni, podCidrs: [`10.244.0.0/${from}`] },
      to:
        cni === 'cilium'
          ? { cni, podCidrs: [`10.244.0.0/${from}`, elsewhere ? '10.64.0.0/16' : '10.245.0.0/16'] }
          : { cni, podCidrs: [elsewhere ? '10.64.0.0/14' : `10.244.0.0/${to}`], nodeCidrMaskSize: { IPv4: mask } },
    }));

const dualStack: fc.Arbitrary<DualStackInput> = fc
  .record({
    common,
    groups,
    cni: fc.constantFrom('calico' as const, 'cilium' as const, 'flannel' as const),
    family: fc.constantFrom(...FAMILIES),
    mask: fc.constantFrom(24, 25),
    minor: fc.constantFrom(22, 30, 33, 34, 36),
    swapped: fc.boolean(),
  })
  .map(({ common: settings, groups: nodeGroups, cni, family, mask, minor, swapped }) => {
    const order = (ipv4: string, ipv6: string): string[] =>
      (family === 'IPv4') === swapped ? [ipv6, ipv4] : [ipv4, ipv6];
    return {
      ...MOVE,
      ...settings,
      nodeGroups,
      cni,
      family,
      kubernetesVersion: { major: 1, minor },
      podCidrs: order('10.64.0.0/16', 'fd00::/56'),
      serviceCidrs: order('10.96.0.0/16', 'fd00:1::/112'),
      nodeCidrMaskSize: { IPv4: mask },
    };
  });

const serviceRange: fc.Arbitrary<ServiceRangeInput> = fc
  .record({
    minor: fc.constantFrom(32, 33, 35),
    families: fc.constantFrom(['IPv4' as const], [...FAMILIES]),
    octet: fc.integer({ min: 96, max: 99 }),
    common,
  })
  .map(({ minor, families, octet, common: { distribution } }) => ({
    name: 'more',
    cluster: 'prod',
    distribution,
    kubernetesVersion: { major: 1, minor },
    families,
    serviceCidrs: families.map((family) => (family === 'IPv4' ? '10.96.0.0/16' : 'fd00:1::/112')),
    cidrs: [`10.${octet}.0.0/20`],
    others: [],
  }));

const loadBalancer: fc.Arbitrary<LoadBalancerRangeInput> = fc
  .record({
    common,
    loadBalancer: fc.constantFrom('metallb' as const, 'cilium' as const, 'calico' as const),
    last: fc.constantFrom(0, 64, 128),
    several: fc.boolean(),
  })
  .map(({ common: { distribution, calicoApi }, loadBalancer: provider, last, several }) => ({
    cluster: 'prod',
    loadBalancer: provider,
    namespace: 'metallb-system',
    calicoApi,
    distribution,
    from: { pool: 'old', cidrs: ['192.0.2.0/26'] },
    to: { pool: 'new', cidrs: [`192.0.2.${last}/26`, ...(several ? ['198.51.100.0/28'] : [])] },
    others: [],
  }));

/** A migration of a random cluster: planned, or refused with a reason. */
export const RANDOM_MIGRATIONS: Readonly<Record<string, fc.Arbitrary<Planned<Runbook>>>> = {
  'another pod network with Calico': calico.map(planPodNetworkMigration),
  'another pod network with Flannel': byNode('flannel').map(planPodNetworkMigration),
  'another pod network with Cilium': byNode('cilium').map(planPodNetworkMigration),
  'a second family': dualStack.map(planDualStackMigration),
  'more Services': serviceRange.map(planServiceRangeExtension),
  'other load balancer addresses': loadBalancer.map(planLoadBalancerRangeChange),
};
