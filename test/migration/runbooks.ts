import {
  type DualStackInput,
  type LoadBalancerRangeInput,
  planDualStackMigration,
  planLoadBalancerRangeChange,
  type Planned,
  planPodNetworkMigration,
  type PodNetworkMigrationInput,
  planServiceRangeExtension,
  type Runbook,
  type ServiceRangeInput,
} from '../../lib/migration';
import { MOVE } from './migrations';

function valueOf({ value, problems }: Planned<Runbook>): Runbook {
  if (value === null) throw new Error(problems.map(({ rule, message }) => `${rule.code} ${message}`).join('\n'));
  return value;
}

const podNetwork = (input: Partial<PodNetworkMigrationInput>): Runbook =>
  valueOf(planPodNetworkMigration({ ...MOVE, ...input }));

const FLANNEL: Partial<PodNetworkMigrationInput> = {
  podsPerNode: 60,
  from: { cni: 'flannel', podCidrs: ['10.244.0.0/16'] },
  to: { cni: 'flannel', podCidrs: ['10.244.0.0/14'], nodeCidrMaskSize: { IPv4: 25 } },
};

export const DUAL_STACK: DualStackInput = {
  ...MOVE,
  name: 'ipv6',
  cni: 'calico',
  family: 'IPv4',
  kubernetesVersion: { major: 1, minor: 36 },
  podCidrs: ['10.64.0.0/16', 'fd00::/56'],
  serviceCidrs: ['10.96.0.0/16', 'fd00:1::/112'],
  nodeCidrMaskSize: {},
};

const dualStack = (input: Partial<DualStackInput>): Runbook =>
  valueOf(planDualStackMigration({ ...DUAL_STACK, ...input }));

export const MORE_SERVICES: ServiceRangeInput = {
  name: 'more',
  cluster: 'prod',
  distribution: 'kubeadm',
  kubernetesVersion: { major: 1, minor: 36 },
  families: ['IPv4'],
  serviceCidrs: ['10.96.0.0/16'],
  cidrs: ['10.112.0.0/24'],
  others: [],
};

const LOAD_BALANCER: LoadBalancerRangeInput = {
  cluster: 'prod',
  loadBalancer: 'metallb',
  namespace: 'metallb-system',
  calicoApi: 'calicoctl',
  distribution: 'kubeadm',
  from: { pool: 'old', cidrs: ['192.0.2.0/26'] },
  to: { pool: 'new', cidrs: ['198.51.100.0/28'] },
  others: [],
};

const loadBalancer = (input: Partial<LoadBalancerRangeInput>): Runbook =>
  valueOf(planLoadBalancerRangeChange({ ...LOAD_BALANCER, ...input }));

const ZONES = [
  { name: 'zone a', nodes: 3, labels: { 'topology.kubernetes.io/zone': 'a' }, nodeNames: ['a1', 'a2', 'a3'] },
  { name: 'zone b', nodes: 3, labels: { 'topology.kubernetes.io/zone': 'b' }, nodeNames: ['b1', 'b2', 'b3'] },
];

/** One runbook of every form that there is. */
export const RUNBOOKS: Readonly<Record<string, Runbook>> = {
  'another range with Calico': podNetwork({}),
  'another range with Calico, its API server': podNetwork({ calicoApi: 'API server', restart: 'rollout' }),
  'another range with the operator of Calico': podNetwork({ calicoOperator: true, calicoApi: 'native CRDs' }),
  'another range with Calico, by names of nodes': podNetwork({ nodeGroups: ZONES, kubeProxy: false }),
  'another encapsulation with Calico': podNetwork({
    to: {
      cni: 'calico',
      podCidrs: ['10.64.0.0/14'],
      pools: [{ name: 'planned', cidr: '10.64.0.0/14', encapsulation: 'VXLAN' }],
    },
  }),
  'an enlarged range and another node mask with Flannel': podNetwork(FLANNEL),
  'a further range with Cilium': podNetwork({
    from: { cni: 'cilium', podCidrs: ['10.244.0.0/16'] },
    to: { cni: 'cilium', podCidrs: ['10.244.0.0/16', '10.245.0.0/16'] },
  }),
  'a second family with Calico': dualStack({}),
  'a second family with the operator of Calico': dualStack({ calicoOperator: true, calicoApi: 'API server' }),
  'a second family with Flannel': dualStack({ cni: 'flannel' }),
  'a second family with Cilium': dualStack({ cni: 'cilium', kubeProxy: false }),
  'IPv4 beside IPv6': dualStack({
    family: 'IPv6',
    podCidrs: ['fd00::/56', '10.64.0.0/16'],
    serviceCidrs: ['fd00:1::/112', '10.96.0.0/16'],
  }),
  'more Services': valueOf(planServiceRangeExtension(MORE_SERVICES)),
  'other addresses of MetalLB': loadBalancer({}),
  'other addresses of Cilium': loadBalancer({ loadBalancer: 'cilium' }),
  'other addresses of Calico': loadBalancer({ loadBalancer: 'calico' }),
  'other addresses of Calico, its API server': loadBalancer({ loadBalancer: 'calico', calicoApi: 'API server' }),
};
