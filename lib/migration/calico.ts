import { formatCidr } from '../address';
import { nodeSelector, type PoolState } from './calico-manifests';
import { backupStep, joined, kubeadmStep, kubeProxySteps, staticPodSteps, staticPodUndo } from './cluster-components';
import { isEnlarged, poolChange } from './pod-network-problems';
import type { PodNetworkMigration, Pool } from './pod-network-spec';
import { check, command, type StageDraft } from './runbook';
import { budgetCheck, restartSteps } from './waves';
import {
  applySteps,
  disabledFile,
  disableStep,
  enableStep,
  leftCheck,
  poolFiles,
  POOLS,
  removeSteps,
  restoreSteps,
  testPodSteps,
  tunnelSteps,
} from './calico-steps';

/** Calico's own names of the interfaces of pods begin like this. */
const POD_INTERFACE = 'cali';

/**
 * Calico's documented order (migrate-pools, change-block-size): the new pool first, the old one disabled, the pods made anew, a check,
 * and only then the old one removed. A pool that takes the place of another one goes through a temporary pool, twice the same way.
 */
export function calicoStages(migration: PodNetworkMigration): StageDraft[] {
  const { from, to, temporaryPool } = migration;
  const { removed, added, kept, updated } = poolChange(from.pools, to.pools);
  const widen = from.podCidrs.map(formatCidr).join() !== to.podCidrs.map(formatCidr).join();
  const enlarged = isEnlarged(migration);
  const moves =
    added.length === 0 && removed.length === 0
      ? []
      : temporaryPool === null
        ? moveStages(migration, { old: removed, fresh: added, updated, kept }, '')
        : [
            ...moveStages(
              migration,
              { old: removed, fresh: [temporaryPool], updated: [], kept: keptBefore(migration) },
              'temporary',
            ),
            ...moveStages(migration, { old: [temporaryPool], fresh: added, updated, kept }, 'final'),
          ];
  return [
    prepareStage(migration),
    ...(widen ? [widenStage(migration, enlarged)] : []),
    ...(moves.length > 0
      ? moves
      : updated.length > 0
        ? [updateStage(migration, updated, enabled(kept), enabled(keptBefore(migration)))]
        : []),
    ...(widen && !enlarged && migration.kubeProxy ? [settleStage(migration)] : []),
  ];
}

function enabled(pools: readonly Pool[]): PoolState[] {
  return pools.map((pool) => ({ pool, disabled: false }));
}

/** The kept pools as they are before the target is applied. */
function keptBefore({ from, to }: PodNetworkMigration): readonly Pool[] {
  return poolChange(to.pools, from.pools).kept;
}

function prepareStage({ from, calicoOperator }: PodNetworkMigration): StageDraft {
  const ranges = from.pools.map(({ cidr }) => formatCidr(cidr));
  return {
    id: 'prepare',
    title: 'Look before anything changes',
    purpose: 'Each of these has stopped a migration half way. Nothing is changed yet.',
    disruption: 'none',
    files: [],
    steps: () => [
      backupStep(
        `/${POOLS}`,
        'kube-system/configmap/kubeadm-config',
        'kube-system/configmap/kube-proxy',
        ...(calicoOperator ? ['/installations.operator.tigera.io/default'] : []),
      ),
      check(
        'The pools are those that this runbook was made for',
        `${from.pools.map(poolText).join('; ')}, and no other`,
        `kubectl get ${POOLS} -o custom-columns=NAME:.metadata.name,CIDR:.spec.cidr,BLOCK:.spec.blockSize,IPIP:.spec.ipipMode,VXLAN:.spec.vxlanMode,NAT:.spec.natOutgoing,NODES:.spec.nodeSelector`,
      ),
      check(
        'On a node: Calico gives the addresses',
        '"type": "calico-ipam". With host-local the pools do not decide, and this runbook does not apply',
        `sudo grep -A1 '"ipam"' /etc/cni/net.d/10-calico.conflist`,
      ),
      check(
        'Nothing asks for the old pools by name or for an address of them',
        'no line. A pod that asks for a disabled pool is not started',
        `kubectl get namespaces,pods -A -o yaml | grep -nE 'cni.projectcalico.org/(ipv4pools|ipv6pools|ipAddrs|ipAddrsNoIpam)'`,
        `sudo grep -nE 'ipv4_pools|ipv6_pools' /etc/cni/net.d/10-calico.conflist`,
      ),
      check(
        'No policy names the old range',
        'no line. Otherwise add the new range to it first, and take the old one out when all is done; firewalls and routers as well',
        `kubectl get networkpolicies.networking.k8s.io,networkpolicies.projectcalico.org,globalnetworkpolicies.projectcalico.org,globalnetworksets.projectcalico.org -A -o yaml | grep -nF ${ranges.map((range) => `-e ${range}`).join(' ')}`,
      ),
      budgetCheck(),
      check('The address management is in order', 'no inconsistency', 'calicoctl ipam check'),
    ],
    undo: { kind: 'nothing-changed' },
  };
}

function poolText({ name, cidr, blockSize, encapsulation, natOutgoing, nodeLabels }: Pool): string {
  return `${name} ${formatCidr(cidr)} in blocks of /${blockSize}, encapsulation ${encapsulation}, NAT ${natOutgoing ? 'on' : 'off'}, nodes ${nodeSelector(nodeLabels)}`;
}

function widenStage({ from, to, kubeProxy }: PodNetworkMigration, enlarged: boolean): StageDraft {
  const old = joined(from.podCidrs);
  const fresh = joined(to.podCidrs);
  const flags = { ...(enlarged ? {} : { 'allocate-node-cidrs': 'false' }), 'cluster-cidr': fresh };
  return {
    id: 'cluster-cidr',
    title: `Tell the cluster about ${fresh}`,
    purpose: enlarged
      ? 'Traffic of pods outside of the cluster CIDR is translated to the address of the node, and policies do not know it any more. So everybody knows the new range before a pod is in it.'
      : 'kube-proxy can have one cluster CIDR of a family, and for a while pods have addresses of two. So it tells pods by their interfaces. kube-controller-manager stops at every start when a node has a pod CIDR outside of its cluster CIDR, so it no longer gives pod CIDRs to nodes: Calico does not use them.',
    disruption: 'none',
    files: [],
    steps: () => [
      ...(kubeProxy
        ? kubeProxySteps(
            enlarged ? { kind: 'cluster-cidr', cidrs: to.podCidrs } : { kind: 'interface', prefix: POD_INTERFACE },
          )
        : []),
      ...staticPodSteps('kube-controller-manager', flags),
      kubeadmStep({ podSubnet: fresh }),
    ],
    undo: () => [
      kubeadmStep({ podSubnet: old }),
      staticPodUndo('kube-controller-manager'),
      ...(kubeProxy ? kubeProxySteps({ kind: 'cluster-cidr', cidrs: from.podCidrs }) : []),
    ],
  };
}

interface Move {
  readonly old: readonly Pool[];
  readonly fresh: readonly Pool[];
  readonly kept: readonly Pool[];
  readonly updated: readonly Pool[];
}

function moveStages(migration: PodNetworkMigration, move: Move, round: '' | 'temporary' | 'final'): StageDraft[] {
  const suffix = round === '' ? '' : `-${round}`;
  const { old, fresh, kept } = move;
  const names = (pools: readonly Pool[]): string => pools.map(({ name }) => name).join(', ');
  const staying = enabled(kept);
  // Those that change in place do so together with the new pools.
  const before = [...enabled(move.updated.length > 0 ? keptBefore(migration) : kept), ...enabled(old)];
  const both = [...staying, ...enabled(old), ...enabled(fresh)];
  const disabled = [...staying, ...old.map((pool) => ({ pool, disabled: true })), ...enabled(fresh)];
  const after = [...staying, ...enabled(fresh)];
  const addStage: StageDraft = {
    id: `add-pools${suffix}`,
    title: `Add ${names(fresh)}`,
    purpose: 'From here on new pods get addresses of the old pools or of the new ones. Those that run keep theirs.',
    disruption: 'none',
    files: poolFiles(migration, both, [...fresh, ...move.updated]),
    steps: (folder) => [
      ...applySteps(migration, folder),
      check(
        'Calico uses the new pools',
        `${names(fresh)}: not disabled, and Allocatable is True where Calico shows it. False with CIDROverlap means that another pool is in the way`,
        `kubectl get ${POOLS} -o custom-columns=NAME:.metadata.name,CIDR:.spec.cidr,DISABLED:.spec.disabled,ALLOCATABLE:.status.conditions[*].status`,
      ),
    ],
    undo: () => [
      check(
        'No pod has an address of the new pools',
        'IPS IN USE is 0 for them; else disable them and restart those pods',
        'calicoctl ipam show',
      ),
      ...removeSteps(migration, fresh, before),
      ...(migration.calicoOperator ? [] : restoreSteps(migration, move.updated, before)),
    ],
  };
  const disableStage: StageDraft = {
    id: `disable-pools${suffix}`,
    title: `Disable ${names(old)}`,
    purpose: 'A disabled pool gives no new addresses. Pods that have one keep it and their connections.',
    disruption: 'none',
    files: migration.calicoOperator ? poolFiles(migration, disabled, old) : old.map(disabledFile),
    steps: (folder) => [
      ...(migration.calicoOperator ? applySteps(migration, folder) : [disableStep(old, folder)]),
      check(
        'The old pools are disabled',
        `${names(old)}: ${migration.calicoOperator ? 'the node selector !all()' : 'true'}`,
        `kubectl get ${POOLS} -o custom-columns=NAME:.metadata.name,DISABLED:.spec.disabled,NODES:.spec.nodeSelector`,
      ),
    ],
    undo: () => [enableStep(migration, old, both)],
  };
  const restartStage: StageDraft = {
    id: `move-pods${suffix}`,
    title: 'Restart the workloads in waves',
    purpose:
      'A pod keeps its address as long as it lives, so each is made anew. Between two waves one can stop as long as one likes.',
    disruption: 'restart',
    files: [],
    steps: () => [
      budgetCheck(),
      ...tunnelSteps(migration, old),
      ...restartSteps(migration),
      leftCheck(old.map(({ cidr }) => cidr)),
      ...testPodSteps([...fresh, ...kept]),
    ],
    undo: () => [
      enableStep(migration, old, both),
      check(
        'Pods that have moved keep their new address',
        'addresses of both pools in use: both exist, and all pods reach each other',
        'calicoctl ipam show',
      ),
    ],
  };
  const removeStage: StageDraft = {
    id: `remove-pools${suffix}`,
    title: `Remove ${names(old)}`,
    purpose: 'A pool that is removed while pods have its addresses takes their network away, so it goes last.',
    disruption: 'none',
    files: migration.calicoOperator ? poolFiles(migration, after, []) : [],
    steps: (folder) => [
      leftCheck(old.map(({ cidr }) => cidr)),
      ...(migration.calicoOperator
        ? applySteps(migration, folder)
        : old.map(({ name }) => command(`Remove ${name}`, `kubectl delete ${POOLS} ${name}`))),
      check(
        'Nothing is left of them',
        'neither the pools, nor a block of their ranges',
        'calicoctl ipam show --show-blocks',
        'calicoctl ipam check',
      ),
    ],
    undo: {
      kind: 'irreversible',
      because: `from here on others may use ${old.map(({ cidr }) => formatCidr(cidr)).join(', ')}. The way back is a migration of its own`,
    },
  };
  return [
    ...(fresh.length > 0
      ? [addStage]
      : move.updated.length > 0
        ? [updateStage(migration, move.updated, both, before)]
        : []),
    ...(old.length > 0 ? [disableStage, restartStage, removeStage] : []),
  ];
}

function updateStage(
  migration: PodNetworkMigration,
  updated: readonly Pool[],
  states: readonly PoolState[],
  before: readonly PoolState[],
): StageDraft {
  return {
    id: 'update-pools',
    title: `Change ${updated.map(({ name }) => name).join(', ')} in place`,
    purpose: 'Who may use a pool, and whether traffic is translated, can change while pods have its addresses.',
    disruption: 'none',
    files: poolFiles(migration, states, updated),
    steps: (folder) => applySteps(migration, folder),
    undo: () => restoreSteps(migration, updated, before),
  };
}

function settleStage({ to }: PodNetworkMigration): StageDraft {
  return {
    id: 'settle',
    title: 'kube-proxy tells pods by the new cluster CIDR',
    purpose: 'No pod has an old address any more.',
    disruption: 'none',
    files: [],
    steps: () => kubeProxySteps({ kind: 'cluster-cidr', cidrs: to.podCidrs }),
    undo: () => kubeProxySteps({ kind: 'interface', prefix: POD_INTERFACE }),
  };
}
