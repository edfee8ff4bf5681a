import { formatCidr } from '../address';
import type { PoolState } from './calico-manifests';
import {
  applySteps,
  coveredCheck,
  deletePool,
  disableSteps,
  enableStep,
  leftCheck,
  poolFiles,
  removeSteps,
  restoreSteps,
  showPools,
  tunnelSteps,
} from './calico-steps';
import { FACTS } from './component-facts';
import { budgetCheck, ownerlessCheck, podsOf, testPodSteps } from './look-steps';
import type { PodNetworkMigration, Pool } from './pod-network-spec';
import { check, command, type StageDraft } from './runbook';
import { restartSteps } from './waves';

/** Which pools a round of moves is about. */
export interface Move {
  readonly old: readonly Pool[];
  readonly fresh: readonly Pool[];
  readonly kept: readonly Pool[];
  readonly updated: readonly Pool[];
}

export function enabled(pools: readonly Pool[]): PoolState[] {
  return pools.map((pool) => ({ pool, disabled: false }));
}

/** The states of all pools along a round. */
interface States {
  readonly before: readonly PoolState[];
  readonly both: readonly PoolState[];
  readonly disabled: readonly PoolState[];
  readonly after: readonly PoolState[];
}

export function moveStages(
  migration: PodNetworkMigration,
  move: Move,
  keptBefore: readonly Pool[],
  round: '' | 'temporary' | 'final',
): StageDraft[] {
  const suffix = round === '' ? '' : `-${round}`;
  const { old, fresh, kept, updated } = move;
  const staying = enabled(kept);
  const states: States = {
    // Those that change in place do so together with the new pools.
    before: [...enabled(updated.length > 0 ? keptBefore : kept), ...enabled(old)],
    both: [...staying, ...enabled(old), ...enabled(fresh)],
    disabled: [...staying, ...old.map((pool) => ({ pool, disabled: true })), ...enabled(fresh)],
    after: [...staying, ...enabled(fresh)],
  };
  return [
    ...(fresh.length > 0
      ? [addStage(migration, move, states, suffix)]
      : updated.length > 0
        ? [updateStage(migration, updated, states.both, states.before)]
        : []),
    ...(old.length > 0
      ? [
          disableStage(migration, move, states, suffix),
          restartStage(migration, move, states, suffix),
          removeStage(migration, move, states, suffix),
        ]
      : []),
  ];
}

function addStage(
  migration: PodNetworkMigration,
  { fresh, updated }: Move,
  states: States,
  suffix: string,
): StageDraft {
  return {
    id: `add-pools${suffix}`,
    title: `Add ${names(fresh)}`,
    purpose: 'From here on new pods get addresses of the old pools or of the new ones. Those that run keep theirs.',
    disruption: 'none',
    effects: [FACTS.newPool],
    files: poolFiles(migration, states.both, fresh),
    steps: (folder) => [
      ...applySteps(migration, folder, fresh, updated),
      check(
        'Calico uses the new pools',
        `${names(fresh)}: not disabled, and Allocatable is True where Calico shows it. False with CIDROverlap means that another pool is in the way`,
        showPools(
          migration.calicoApi,
          'NAME:.metadata.name,CIDR:.spec.cidr,DISABLED:.spec.disabled,ALLOCATABLE:.status.conditions[*].status',
        ),
      ),
    ],
    undo: () => [
      check(
        'No pod has an address of the new pools',
        '"nothing that was read has" each of them, and IPS IN USE is 0; else disable them and restart those pods',
        ...podsOf(fresh.map(({ cidr }) => cidr)),
        'calicoctl ipam show',
      ),
      ...removeSteps(migration, fresh, states.before),
      ...(migration.calicoOperator ? [] : restoreSteps(migration, updated, states.before)),
    ],
  };
}

function disableStage(migration: PodNetworkMigration, { old }: Move, states: States, suffix: string): StageDraft {
  const tunnels = old.some(({ encapsulation }) => encapsulation !== 'None');
  const { calicoOperator, calicoApi } = migration;
  return {
    id: `disable-pools${suffix}`,
    title: `Disable ${names(old)}`,
    purpose: 'A disabled pool gives no new addresses. Pods that have one keep it and their connections.',
    disruption: tunnels ? 'traffic' : 'none',
    effects: [FACTS.disabledPool, ...(tunnels ? [FACTS.tunnelAddress] : [])],
    files: calicoOperator ? poolFiles(migration, states.disabled, []) : [],
    steps: (folder) => [
      coveredCheck(states.after.map(({ pool }) => pool)),
      ...(calicoOperator ? applySteps(migration, folder, [], []) : disableSteps(migration, old)),
      check(
        'The old pools are disabled',
        `${names(old)}: ${calicoOperator ? 'the node selector !all()' : 'true'}`,
        showPools(calicoApi, 'NAME:.metadata.name,DISABLED:.spec.disabled,NODES:.spec.nodeSelector'),
      ),
      ...tunnelSteps(migration, old),
    ],
    undo: () => [enableStep(migration, old, states.both)],
  };
}

function restartStage(
  migration: PodNetworkMigration,
  { old, fresh, kept }: Move,
  states: States,
  suffix: string,
): StageDraft {
  return {
    id: `move-pods${suffix}`,
    title: 'Restart the workloads in waves',
    purpose:
      'A pod keeps its address as long as it lives, so each is made anew. Between two waves one can stop as long as one likes.',
    disruption: 'restart',
    effects: [migration.restart === 'drain' ? FACTS.drain : FACTS.rollout],
    files: [],
    steps: () => [
      budgetCheck(),
      ownerlessCheck(),
      ...restartSteps(migration),
      leftCheck(old.map(({ cidr }) => cidr)),
      ...testPodSteps(
        [...fresh, ...kept].map(({ cidr }) => cidr),
        migration.clusterDomain,
      ),
    ],
    undo: () => [
      enableStep(migration, old, states.both),
      check(
        'Pods that have moved keep their new address',
        'addresses of both pools in use: both exist, and all pods reach each other',
        'calicoctl ipam show',
      ),
    ],
  };
}

function removeStage(migration: PodNetworkMigration, { old }: Move, states: States, suffix: string): StageDraft {
  const { calicoOperator, calicoApi } = migration;
  return {
    id: `remove-pools${suffix}`,
    title: `Remove ${names(old)}`,
    purpose: 'A pool that is removed while pods have its addresses takes their network away, so it goes last.',
    disruption: 'none',
    effects: [FACTS.removedPool],
    files: calicoOperator ? poolFiles(migration, states.after, []) : [],
    steps: (folder) => [
      leftCheck(old.map(({ cidr }) => cidr)),
      ...(calicoOperator
        ? applySteps(migration, folder, [], [])
        : old.map(({ name }) => command(`Remove ${name}`, deletePool(calicoApi, name)))),
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
}

export function updateStage(
  migration: PodNetworkMigration,
  updated: readonly Pool[],
  states: readonly PoolState[],
  before: readonly PoolState[],
): StageDraft {
  return {
    id: 'update-pools',
    title: `Change ${names(updated)} in place`,
    purpose: 'Who may use a pool, and whether traffic is translated, can change while pods have its addresses.',
    disruption: 'none',
    effects: [FACTS.newPool],
    files: migration.calicoOperator ? poolFiles(migration, states, []) : [],
    steps: (folder) => [coveredCheck(states.map(({ pool }) => pool)), ...applySteps(migration, folder, [], updated)],
    undo: () => restoreSteps(migration, updated, before),
  };
}

function names(pools: readonly Pool[]): string {
  return pools.map(({ name }) => name).join(', ');
}
