import { parseCidr, rangeOfCidr } from '../../lib/address';
import type { RuledProblem } from '../../lib/finding/problem';
import { planPodNetworkMigration, type PodNetworkMigrationInput, type Runbook, type Stage } from '../../lib/migration';
import type { RangeClaim } from '../../lib/plan';

/** 10.244.0.0/16 to 10.64.0.0/14 with Calico, on six nodes. */
export const MOVE: PodNetworkMigrationInput = {
  name: 'move',
  cluster: 'prod',
  from: {
    cni: 'calico',
    podCidrs: ['10.244.0.0/16'],
    pools: [{ name: 'default-ipv4-ippool', cidr: '10.244.0.0/16', encapsulation: 'IPIP' }],
  },
  to: { cni: 'calico', podCidrs: ['10.64.0.0/14'], pools: [{ name: 'planned', cidr: '10.64.0.0/14' }] },
  nodeGroups: [{ name: 'all nodes', nodes: 6 }],
  podsPerNode: 110,
  waveSize: 2,
  waveTimeoutMinutes: 30,
  restart: 'drain',
  kubeProxy: true,
  calicoOperator: false,
  calicoApi: 'calicoctl',
  distribution: 'kubeadm',
  clusterDomain: 'cluster.local',
  others: [],
};

export function claim(owner: string, cidr: string, role: RangeClaim['role'] = 'services'): RangeClaim {
  return { owner, cluster: owner, role, range: rangeOfCidr(parseCidr(cidr)) };
}

export function planned(input: PodNetworkMigrationInput): Runbook {
  const { value, problems } = planPodNetworkMigration(input);
  if (value === null) throw new Error(texts(problems).join('\n'));
  return value;
}

export function texts(problems: readonly RuledProblem[]): string[] {
  return problems.map(({ rule, message }) => `${rule.code} ${message}`);
}

/** `2-cluster-cidr yes`: the folders of the stages, and whether there is a way back. */
export function outline({ stages }: Runbook): string[] {
  return stages.map(({ folder, undo }) => `${folder} ${undo.kind}`);
}

export function commandsOf({ steps }: Stage): string[] {
  return steps.flatMap(({ commands }) => commands);
}
