import {
  type DualStackInput,
  type LoadBalancerRangeInput,
  planDualStackMigration,
  planLoadBalancerRangeChange,
  planServiceRangeExtension,
  type Runbook,
  type ServiceRangeInput,
} from '../../lib/migration';
import { claim, commandsOf, MOVE, outline, texts } from './migrations';

const DUAL: DualStackInput = {
  name: 'ipv6',
  cluster: 'prod',
  cni: 'calico',
  kubernetesVersion: { major: 1, minor: 34 },
  family: 'IPv4',
  podCidrs: ['10.64.0.0/16', 'fd00::/56'],
  serviceCidrs: ['10.96.0.0/16', 'fd00:1::/112'],
  nodeCidrMaskSize: { IPv4: 24, IPv6: 64 },
  nodeGroups: MOVE.nodeGroups,
  podsPerNode: 110,
  waveSize: 2,
  waveTimeoutMinutes: 30,
  kubeProxy: true,
  calicoOperator: false,
  calicoApi: 'calicoctl',
  distribution: 'kubeadm',
  clusterDomain: 'cluster.local',
  others: [],
};

const SERVICES: ServiceRangeInput = {
  name: 'more',
  cluster: 'prod',
  kubernetesVersion: { major: 1, minor: 33 },
  families: ['IPv4'],
  distribution: 'kubeadm',
  serviceCidrs: ['10.96.0.0/24'],
  cidrs: ['10.97.0.0/20'],
  others: [],
};

const LOAD_BALANCERS: LoadBalancerRangeInput = {
  cluster: 'prod',
  loadBalancer: 'metallb',
  namespace: 'metallb-system',
  calicoApi: 'calicoctl',
  distribution: 'kubeadm',
  from: { pool: 'old', cidrs: ['192.0.2.0/26'] },
  to: { pool: 'new', cidrs: ['10.65.0.0/26'] },
  others: [],
};

function runbookOf({ value }: { readonly value: Runbook | null }): Runbook {
  if (value === null) throw new Error('refused');
  return value;
}

const allCommands = (runbook: Runbook): string => runbook.stages.flatMap(commandsOf).join('\n');

describe('a second family', () => {
  test.each([
    [
      'calico',
      [
        '1-prepare nothing-changed',
        '2-control-plane irreversible',
        '3-kube-proxy rollback',
        '4-network-plugin rollback',
        '5-restart-pods irreversible',
        '6-services rollback',
      ],
    ],
    [
      'cilium',
      [
        '1-prepare nothing-changed',
        '2-control-plane irreversible',
        '3-kube-proxy rollback',
        '4-network-plugin irreversible',
        '5-restart-pods irreversible',
        '6-services rollback',
      ],
    ],
    // kube-controller-manager adds no second pod CIDR to a node that has one.
    [
      'flannel',
      [
        '1-prepare nothing-changed',
        '2-control-plane irreversible',
        '3-kube-proxy rollback',
        '4-network-plugin rollback',
        '5-replace-nodes irreversible',
        '6-services rollback',
      ],
    ],
  ] as const)('with %s', (cni, stages) => {
    const runbook = runbookOf(planDualStackMigration({ ...DUAL, cni }));
    expect(outline(runbook)).toEqual(stages);
    expect(allCommands(runbook)).toContain('--service-cluster-ip-range=10.96.0.0/16,fd00:1::/112');
    expect(allCommands(runbook).includes('kubectl delete node')).toBe(cni === 'flannel');
  });

  test.each<[string, Partial<DualStackInput>, string[]]>([
    [
      'one family',
      { podCidrs: ['10.64.0.0/16'], serviceCidrs: ['10.96.0.0/16'] },
      [
        'NL847 podCidrs of the target has IPv4 only, as the cluster now',
        'NL847 serviceCidrs of the target has IPv4 only, as the cluster now',
      ],
    ],
    [
      'another primary family',
      { podCidrs: ['fd00::/56', '10.64.0.0/16'] },
      [
        'NL845 podCidrs of the target is fd00::/56, 10.64.0.0/16: the primary family IPv4 has to stay the first one, followed by one range of the other',
      ],
    ],
    [
      'Kubernetes 1.33',
      { kubernetesVersion: { major: 1, minor: 33 } },
      [
        'NL845 in Kubernetes 1.33 the ServiceCIDR kubernetes cannot get a second range, so that no Service gets a second address',
      ],
    ],
    [
      'Kubernetes 1.22',
      { kubernetesVersion: { major: 1, minor: 22 } },
      ['NL845 in Kubernetes 1.22 dual stack is not stable'],
    ],
    [
      'a range of the fleet',
      { others: [claim('shop', 'fd00:1::/120')] },
      ['NL841 fd00:1::/112 overlaps service range fd00:1::/120 of shop'],
    ],
    [
      'too few pod CIDRs',
      { podCidrs: ['10.64.0.0/16', 'fd00::/62'] },
      ['NL842 fd00::/62 has pod CIDRs of /64 for 4 nodes, and 6 run'],
    ],
    ['what is no range', { podCidrs: ['x'] }, ['NL840 podCidrs[0]: x is not a CIDR']],
    [
      'all nodes at once',
      { waveSize: 6 },
      ['NL840 waveSize is 6 and there are 6 nodes, so that evicted pods have no node to go to'],
    ],
  ])('is refused: %s', (_what, change, expected) => {
    const { value, problems } = planDualStackMigration({ ...DUAL, ...change });
    expect(value).toBeNull();
    expect(texts(problems)).toEqual(expected);
  });
});

describe('more Services', () => {
  test('a ServiceCIDR, and the way back', () => {
    const runbook = runbookOf(planServiceRangeExtension(SERVICES));
    expect(outline(runbook)).toEqual(['1-prepare nothing-changed', '2-add-range rollback', '3-verify nothing-changed']);
    expect(runbook.stages[1].files).toEqual([
      {
        path: 'servicecidr.yaml',
        documents: [
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'ServiceCIDR',
            metadata: { name: 'more' },
            spec: { cidrs: ['10.97.0.0/20'] },
          },
        ],
      },
    ]);
  });

  test.each<[string, Partial<ServiceRangeInput>, string[]]>([
    [
      'before Kubernetes 1.33',
      { kubernetesVersion: { major: 1, minor: 32 } },
      ['NL845 Kubernetes 1.32 has one service range of a family, for life'],
    ],
    [
      'a family that Services do not have',
      { cidrs: ['fd00:2::/112'] },
      [
        'NL845 fd00:2::/112 is of a family that the Services of the cluster do not have: a ServiceCIDR does not enable it',
      ],
    ],
    [
      'a range that is there',
      { cidrs: ['10.96.0.0/20'] },
      ['NL844 10.96.0.0/20 overlaps the service range 10.96.0.0/24, which the cluster has already'],
    ],
    [
      'a range of the pods',
      { others: [claim('prod', '10.97.8.0/24', 'pods')] },
      ['NL841 10.97.0.0/20 overlaps pod range 10.97.8.0/24 of prod'],
    ],
    [
      'two ranges of one family',
      { cidrs: ['10.97.0.0/24', '10.98.0.0/24'] },
      ['NL840 cidrs has 10.97.0.0/24, 10.98.0.0/24, and a ServiceCIDR has one range of a family, or one of each'],
    ],
    [
      'no range',
      { cidrs: [] },
      ['NL840 cidrs has no range, and a ServiceCIDR has one range of a family, or one of each'],
    ],
    [
      'a range that is too large',
      { families: ['IPv4', 'IPv6'], cidrs: ['fd00:2::/63'] },
      ['NL840 fd00:2::/63 is larger than a /64, which Kubernetes refuses'],
    ],
    ['a name that is taken', { name: 'kubernetes' }, ['NL840 "kubernetes" cannot be the name of a ServiceCIDR']],
  ])('is refused: %s', (_what, change, expected) => {
    const { value, problems } = planServiceRangeExtension({ ...SERVICES, ...change });
    expect(texts(problems)).toEqual(expected);
    expect(value).toBeNull();
  });
});

describe('other load balancer addresses', () => {
  test.each([
    [
      'metallb',
      'IPAddressPool new autoAssign true',
      `kubectl -n metallb-system patch ipaddresspools.metallb.io old --type=merge --patch='{"spec":{"autoAssign":false}}'`,
      'kubectl -n metallb-system delete ipaddresspools.metallb.io old',
    ],
    [
      'cilium',
      'CiliumLoadBalancerIPPool new disabled false',
      `kubectl patch ciliumloadbalancerippools.cilium.io old --type=merge --patch='{"spec":{"disabled":true}}'`,
      'kubectl delete ciliumloadbalancerippools.cilium.io old',
    ],
    [
      'calico',
      'IPPool new disabled false',
      `calicoctl patch ippool old --patch='{"spec":{"disabled":true}}'`,
      'calicoctl delete ippool old',
    ],
  ] as const)('%s: the old pool gives no more before it goes', (loadBalancer, pool, closing, removal) => {
    const { stages } = runbookOf(planLoadBalancerRangeChange({ ...LOAD_BALANCERS, loadBalancer }));
    const written = stages.flatMap(({ files }) =>
      files.flatMap(({ documents }) =>
        (documents as unknown as { kind: string; metadata: { name: string }; spec: Record<string, unknown> }[]).map(
          ({ kind, metadata, spec }) => {
            const field = 'autoAssign' in spec ? 'autoAssign' : 'disabled';
            return `${kind} ${metadata.name} ${field} ${String(spec[field])}`;
          },
        ),
      ),
    );
    expect(written).toEqual([pool]);
    // An apply would replace the list of its ranges.
    expect(commandsOf(stages[1])[0]).toBe(closing);
    expect(stages.map(({ undo }) => undo.kind)).toEqual(['rollback', 'rollback', 'rollback', 'irreversible']);
    expect(commandsOf(stages[3]).at(-1)).toBe(removal);
  });

  test.each<[string, Partial<LoadBalancerRangeInput>, string[]]>([
    [
      'the same pool',
      { to: { pool: 'old', cidrs: ['10.65.0.0/26'] } },
      ['NL840 both pools are called old, and have to exist at the same time'],
    ],
    [
      'an overlap',
      { to: { pool: 'new', cidrs: ['192.0.2.0/24'] } },
      ['NL844 192.0.2.0/24 overlaps 192.0.2.0/26, and pools that exist at the same time may not'],
    ],
    [
      'a range of the fleet',
      { others: [claim('shop', '10.65.0.0/16', 'pods')] },
      ['NL841 10.65.0.0/26 overlaps pod range 10.65.0.0/16 of shop'],
    ],
    ['too small', { services: 65 }, ['NL842 10.65.0.0/26 has 64 addresses, and 65 Services need one']],
    ['no range', { to: { pool: 'new', cidrs: [] } }, ['NL840 the pool new has no range']],
    [
      'a name that is none',
      { to: { pool: '$(x)', cidrs: ['10.65.0.0/26'] } },
      ['NL840 "$(x)" is no name of an object'],
    ],
  ])('is refused: %s', (_what, change, expected) => {
    const { value, problems } = planLoadBalancerRangeChange({ ...LOAD_BALANCERS, ...change });
    expect(texts(problems)).toEqual(expected);
    expect(value).toBeNull();
  });
});

test.each<[{ major: number; minor: number } | undefined, string]>([
  [undefined, 'cilium.io/v2'],
  [{ major: 1, minor: 18 }, 'cilium.io/v2'],
  [{ major: 1, minor: 17 }, 'cilium.io/v2alpha1'],
])('pools of Cilium %j are written as %s', (ciliumVersion, apiVersion) => {
  const { stages } = runbookOf(
    planLoadBalancerRangeChange({ ...LOAD_BALANCERS, loadBalancer: 'cilium', ciliumVersion }),
  );
  const written = stages.flatMap(({ files }) => files.flatMap(({ documents }) => documents));
  expect(written.map((document) => document.apiVersion)).toEqual([apiVersion]);
});
