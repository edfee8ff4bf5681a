import { cidrContains, formatCidr } from '../address';
import { joined } from './cidr-text';
import type { PoolState } from './calico-manifests';
import { enabled, moveStages, updateStage } from './calico-moves';
import { coveredCheck, encapsulationSteps, encapsulationUndo, poolFiles, POOLS, showWholePools } from './calico-steps';
import { carriedBy, FACTS, mtuOf } from './component-facts';
import {
  FLAGS_FILE,
  generatedCheck,
  kubeadmStep,
  kubeProxySteps,
  staticPodSteps,
  staticPodUndo,
} from './configuration-steps';
import { encapsulationChanges, reencapsulated } from './encapsulation';
import { backupStep, budgetCheck, namedStep, ownerlessCheck, testPodSteps } from './look-steps';
import { isEnlarged, poolChange } from './pod-network-problems';
import type { PodNetworkMigration, Pool } from './pod-network-spec';
import { tunnelOf } from './rehearsal/calico';
import { check, command, type StageDraft, wait } from './runbook';

/** Calico's own names of the interfaces of pods begin like this. */
const POD_INTERFACE = 'cali';

/**
 * Calico's documented order (migrate-pools, change-block-size): the new pool first, the old one disabled, the pods made anew, a check,
 * and only then the old one removed. A pool that takes the place of another one goes through a temporary pool, twice the same way.
 */
export function calicoStages(given: PodNetworkMigration): StageDraft[] {
  const changes = encapsulationChanges(given);
  const migration = { ...given, from: { ...given.from, pools: reencapsulated(given) } };
  const { from, to, temporaryPool } = migration;
  const { removed, added, kept, updated } = poolChange(from.pools, to.pools);
  const widen = from.podCidrs.map(formatCidr).join() !== to.podCidrs.map(formatCidr).join();
  const enlarged = isEnlarged(migration);
  const before = keptBefore(migration);
  const moves =
    added.length === 0 && removed.length === 0
      ? []
      : temporaryPool === null
        ? moveStages(migration, { old: removed, fresh: added, updated, kept }, before, '')
        : [
            ...moveStages(
              migration,
              { old: removed, fresh: [temporaryPool], updated: [], kept: before },
              before,
              'temporary',
            ),
            ...moveStages(migration, { old: [temporaryPool], fresh: added, updated, kept }, before, 'final'),
          ];
  return [
    prepareStage(given),
    ...(changes.length > 0 ? [encapsulationStage(given, changes)] : []),
    ...(widen || (!enlarged && migration.kubeProxy) ? [widenStage(migration, widen, enlarged)] : []),
    ...(moves.length > 0
      ? moves
      : updated.length > 0
        ? [updateStage(migration, updated, enabled(kept), enabled(before))]
        : []),
    ...(!enlarged && migration.kubeProxy ? [settleStage(migration)] : []),
  ];
}

/** The kept pools as they are before the target is applied. */
function keptBefore({ from, to }: PodNetworkMigration): readonly Pool[] {
  return poolChange(to.pools, from.pools).kept;
}

function prepareStage(migration: PodNetworkMigration): StageDraft {
  const { from, to, calicoOperator, calicoApi, kubeProxy } = migration;
  const ranges = from.pools.filter((pool) => !to.pools.some(({ name }) => name === pool.name)).map(({ cidr }) => cidr);
  return {
    id: 'prepare',
    title: 'Look before anything changes',
    purpose: 'Each of these has stopped a migration half way. Nothing is changed yet.',
    disruption: 'none',
    effects: [],
    files: [],
    steps: () => [
      backupStep(
        'kube-system/configmap/kubeadm-config',
        ...(kubeProxy ? ['kube-system/configmap/kube-proxy'] : []),
        ...(calicoOperator ? ['/installations.operator.tigera.io/default'] : []),
        ...(calicoApi === 'calicoctl' ? [] : [`/${POOLS}`]),
      ),
      ...(calicoApi === 'calicoctl'
        ? [command('The pools as well', 'calicoctl get ippool -o yaml > before-ippools.yaml')]
        : []),
      kubeadmCheck(joined(from.podCidrs)),
      check(
        'The pools are those that this runbook was made for',
        `${from.pools.map(poolText).join('; ')}, and no other`,
        ...showWholePools(calicoApi),
      ),
      check(
        'On a node: Calico gives the addresses',
        '"type": "calico-ipam". With host-local the pools do not decide, and this runbook does not apply',
        `sudo grep -A1 '"ipam"' /etc/cni/net.d/10-calico.conflist`,
      ),
      check(
        'Nothing asks for the old pools by name or for an address of them',
        'no line. A pod that asks for a disabled pool is not started',
        // Templates too: pods of a CronJob may not run now.
        '(set -e; for kind in namespaces pods deployments statefulsets daemonsets cronjobs; do kubectl get "$kind" -A -o yaml; done) > asking.yaml',
        `grep -nE 'cni.projectcalico.org/(ipv4pools|ipv6pools|ipAddrs|ipAddrsNoIpam)' asking.yaml`,
        `sudo grep -nE 'ipv4_pools|ipv6_pools' /etc/cni/net.d/10-calico.conflist`,
      ),
      ...(ranges.length === 0
        ? []
        : [
            namedStep({
              ranges,
              calicoApi,
              leaves: true,
              known: `ConfigMap kube-system/kubeadm-config${kubeProxy ? ' and kube-system/kube-proxy' : ''}, which the next stages change`,
            }),
          ]),
      coveredCheck(to.pools),
      budgetCheck(),
      ownerlessCheck(),
      check('The address management is in order', 'no inconsistency', 'calicoctl ipam check'),
    ],
    undo: { kind: 'nothing-changed' },
  };
}

/** Where there is no such ConfigMap, kubeadm did not make the control plane. */
export function kubeadmCheck(podSubnet: string): ReturnType<typeof check> {
  return check(
    'kubeadm made the control plane, and has the ranges that this runbook was made for',
    `podSubnet: ${podSubnet}, and no extraArgs of controllerManager that name allocate-node-cidrs, cluster-cidr or a node CIDR mask. Without a kubeadm-config this runbook is not for the cluster`,
    `kubectl -n kube-system get configmap kubeadm-config -o jsonpath='{.data.ClusterConfiguration}'`,
  );
}

function poolText({ name, cidr, blockSize, encapsulation, natOutgoing, nodeLabels }: Pool): string {
  const labels = Object.entries(nodeLabels).map(([key, value]) => `${key}=${value}`);
  return `${name} ${formatCidr(cidr)} in blocks of /${blockSize}, encapsulation ${encapsulation}, NAT ${natOutgoing ? 'on' : 'off'}, nodes ${labels.length === 0 ? 'all()' : labels.sort().join(' and ')}`;
}

function encapsulationStage(migration: PodNetworkMigration, changes: readonly Pool[]): StageDraft {
  const { from, calicoOperator, clusterDomain } = migration;
  const names = changes.map(({ name }) => name).join(', ');
  const old = from.pools.filter(({ name }) => changes.some((pool) => pool.name === name));
  const [before] = old;
  const [after] = changes;
  const states = (pools: readonly Pool[]): PoolState[] => pools.map((pool) => ({ pool, disabled: false }));
  const sameTunnel = tunnelOf(before.encapsulation) === tunnelOf(after.encapsulation);
  const [mtu, newMtu] = [before, after].map(({ encapsulation, cidr }) => mtuOf(encapsulation, cidr.family));
  return {
    id: 'change-encapsulation',
    title: `${names}: ${after.encapsulation} in place of ${before.encapsulation}`,
    purpose:
      'Pods of a pool that goes by tunnels and pods of one that does not cannot reach each other across nodes. So the old pools change first, and the move itself changes nothing but addresses.',
    disruption: sameTunnel ? 'none' : 'traffic',
    effects: [FACTS.encapsulation],
    files: calicoOperator ? poolFiles(migration, states(reencapsulated(migration)), []) : [],
    steps: (folder) => [
      check(
        'Firewalls between all nodes let through what carries the packets from now on',
        `${carriedBy(after.encapsulation)} in both directions, in place of ${carriedBy(before.encapsulation)}${after.encapsulation === 'None' ? ': all nodes in one subnet, or routers that know the routes by BGP, and clouds that do not check the source of packets' : ''}`,
      ),
      check(
        'The network of the nodes carries the packets',
        `an MTU of the pods of at most ${newMtu} where that of the nodes is 1500${newMtu < mtu ? `. Pods that run keep ${mtu}, and large packets of them depend on path MTU discovery until they are made anew` : ''}`,
        'ip -d link show type veth',
      ),
      ...(calicoOperator
        ? []
        : [
            check(
              'BIRD runs where routes have to be exchanged',
              `bird${tunnelOf(after.encapsulation) === 'VXLAN' ? ' or vxlan' : '; with vxlan nobody exchanges the routes'}`,
              `kubectl -n kube-system get configmap calico-config -o jsonpath='{.data.calico_backend}{"\\n"}'`,
            ),
          ]),
      ...encapsulationSteps(migration, folder, changes),
      wait(
        'Every node has changed',
        'all pods of calico-node are ready again',
        `kubectl -n ${calicoOperator ? 'calico-system' : 'kube-system'} rollout status daemonset calico-node --timeout=30m`,
      ),
      ...testPodSteps(
        old.map(({ cidr }) => cidr),
        clusterDomain,
      ),
    ],
    undo: () => encapsulationUndo(migration, old, states(from.pools)),
  };
}

/** @param widen whether the cluster CIDR changes @param enlarged whether it has every address that a pod may have on the way */
function widenStage({ name, from, to, kubeProxy }: PodNetworkMigration, widen: boolean, enlarged: boolean): StageDraft {
  const old = joined(from.podCidrs);
  const fresh = joined(to.podCidrs);
  // Nodes keep their pod CIDRs for life.
  const nodesInside = from.podCidrs.every((cidr) => to.podCidrs.some((outer) => cidrContains(outer, cidr)));
  const flags = { ...(nodesInside ? {} : { 'allocate-node-cidrs': 'false' }), 'cluster-cidr': fresh };
  const gone = Object.fromEntries(Object.keys(flags).map((flag) => [flag, null]));
  return {
    id: 'cluster-cidr',
    title: widen ? `Tell the cluster about ${fresh}` : 'kube-proxy tells pods by their interfaces',
    purpose: [
      enlarged
        ? 'Traffic of pods outside of the cluster CIDR is translated to the address of the node, and policies do not know it any more. So everybody knows the new range before a pod is in it.'
        : 'kube-proxy can have one cluster CIDR of a family, and for a while pods have addresses outside of it. So it tells pods by their interfaces.',
      ...(nodesInside
        ? []
        : [
            'kube-controller-manager stops at every start when a node has a pod CIDR outside of its cluster CIDR, and nodes keep theirs for life: so it gives no pod CIDRs to nodes any more, for good, also after the next kubeadm upgrade. Calico does not use them.',
          ]),
    ].join(' '),
    disruption: widen ? 'control-plane' : 'none',
    effects: [...(widen ? [FACTS.controllerManager] : []), ...(kubeProxy ? [FACTS.kubeProxy] : [])],
    files: widen && !nodesInside ? [FLAGS_FILE] : [],
    steps: (folder) => [
      ...(kubeProxy
        ? kubeProxySteps(
            enlarged ? { kind: 'cluster-cidr', cidrs: to.podCidrs } : { kind: 'interface', prefix: POD_INTERFACE },
          )
        : []),
      // First what an upgrade reads, so that there is no moment when it would undo the rest.
      ...(widen
        ? [
            kubeadmStep(folder, { networking: { podSubnet: fresh }, controllerManager: flags }),
            ...staticPodSteps('kube-controller-manager', flags, name),
            generatedCheck(flags),
          ]
        : []),
    ],
    undo: (folder) => [
      ...(widen
        ? [
            kubeadmStep(folder, { networking: { podSubnet: old }, controllerManager: gone }),
            staticPodUndo('kube-controller-manager', name),
          ]
        : []),
      ...(kubeProxy ? kubeProxySteps({ kind: 'cluster-cidr', cidrs: from.podCidrs }) : []),
    ],
  };
}

function settleStage({ to }: PodNetworkMigration): StageDraft {
  return {
    id: 'settle',
    title: 'kube-proxy tells pods by the new cluster CIDR',
    purpose: 'No pod has an old address any more.',
    disruption: 'none',
    effects: [FACTS.kubeProxy],
    files: [],
    steps: () => kubeProxySteps({ kind: 'cluster-cidr', cidrs: to.podCidrs }),
    undo: () => kubeProxySteps({ kind: 'interface', prefix: POD_INTERFACE }),
  };
}
