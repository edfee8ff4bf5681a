import { formatCidr } from '../address';
import { calicoStages } from './calico';
import { joined } from './cidr-text';
import { needsNote } from './look-steps';
import { podNetworkCluster } from './rehearsal/initial';
import { ciliumStages, flannelStages } from './node-ranges';
import { podNetworkProblems } from './pod-network-problems';
import { type PodNetworkMigration, type PodNetworkMigrationInput, readPodNetworkMigration } from './pod-network-spec';
import { isError, type Planned } from './problem';
import { type Coexistence, numbered, type Runbook, type Stage } from './runbook';
import { waveCount } from './waves';

const STAGES = { calico: calicoStages, cilium: ciliumStages, flannel: flannelStages };

/** The way from one pod network to another on a running cluster, or why there is none. */
export function planPodNetworkMigration(input: PodNetworkMigrationInput): Planned<Runbook> {
  const { value: migration, problems: invalid } = readPodNetworkMigration(input);
  // What could not be read would only be reported a second time, as something that it is not.
  const problems = invalid.length > 0 ? invalid : podNetworkProblems(migration);
  if (problems.some(isError)) return { value: null, problems };
  const stages = numbered(STAGES[migration.to.cni](migration));
  return {
    value: {
      title: `Pod network of ${migration.cluster}: ${joined(migration.from.podCidrs)} → ${joined(migration.to.podCidrs)}`,
      summary: summary(migration),
      coexistence: coexistence(migration, stages),
      notes: notes(migration),
      stages,
      cluster: podNetworkCluster(migration),
    },
    problems,
  };
}

function summary(migration: PodNetworkMigration): string[] {
  const nodes = migration.nodeGroups.reduce((sum, group) => sum + group.nodes, 0);
  const { from, to } = migration;
  const pools = ({ pools }: PodNetworkMigration['from']): string =>
    pools.map(({ name, cidr, blockSize }) => `${name} ${formatCidr(cidr)} in blocks of /${blockSize}`).join(', ');
  return [
    ...(to.cni === 'calico' ? [`From ${pools(from)} to ${pools(to)}.`] : []),
    `${nodes} nodes of at most ${migration.podsPerNode} pods. All of them fit into the target at the same time.`,
  ];
}

/** Flannel and Cilium keep the old range as a part of the new one. */
function coexistence(migration: PodNetworkMigration, stages: readonly Stage[]): Coexistence | null {
  const first = stages.find(({ id }) => id.startsWith('add-pools'));
  const last = stages.findLast(({ id }) => id.startsWith('remove-pools'));
  if (first === undefined || last === undefined) return null;
  const { from, to, temporaryPool } = migration;
  const pools = [...from.pools, ...to.pools, ...(temporaryPool === null ? [] : [temporaryPool])];
  const rounds = temporaryPool === null ? 1 : 2;
  const waves = rounds * waveCount(migration);
  return {
    ranges: [...new Set(pools.map(({ cidr }) => formatCidr(cidr)))],
    from: first.folder,
    until: last.folder,
    duration:
      migration.restart === 'drain'
        ? `${waves} waves of at most ${migration.waveTimeoutMinutes} minutes each, and the time between them`
        : 'as long as every workload takes to roll out, one after the other',
  };
}

function notes({ to, restart, kubeProxy, calicoApi }: PodNetworkMigration): string[] {
  return [
    'Firewalls, routers, VPNs and allow lists outside of the cluster that name the pod network need the new range before the first pod has an address of it.',
    'Between two stages the cluster survives kubeadm upgrade, a restart of the control plane and nodes that join; within a stage it may not.',
    needsNote(...(to.cni === 'cilium' ? ['helm'] : [])),
    ...(restart === 'drain'
      ? ['A drain deletes the emptyDir volumes of the pods that it evicts.']
      : ['A rolling update keeps to maxUnavailable of each workload; it does not ask PodDisruptionBudgets.']),
    ...(kubeProxy ? [] : ['No kube-proxy is configured here. What takes its place has to know the new range.']),
    ...(to.cni === 'calico'
      ? [
          'The pod that looks runs busybox:1.36 of Docker Hub. Where nodes pull from elsewhere, put that image in both places of its command.',
          calicoApi === 'calicoctl'
            ? 'Pools are changed with calicoctl, because nothing serves projectcalico.org to kubectl. Never write crd.projectcalico.org/v1.'
            : 'kubectl changes the pools as projectcalico.org/v3. Never write crd.projectcalico.org/v1. calicoctl is still needed to look at blocks.',
        ]
      : ['Nodes that run keep their pod CIDRs, and pods their addresses.']),
  ];
}
