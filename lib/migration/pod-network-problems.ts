import {
  type Cidr,
  cidrContains,
  cidrsOverlap,
  findOverlaps,
  formatCidr,
  type IpFamily,
  rangeOfCidr,
} from '../address';
import type { RuledProblem } from '../finding/problem';
import { describeClaim } from '../plan';
import { indexRanges, overlapping } from '../plan/range-index';
import { capacityProblems } from './capacity';
import { coverOf } from './cover';
import { encapsulationChanges, encapsulationProblems } from './encapsulation';
import type { PodNetworkMigration, Pool } from './pod-network-spec';
import { claimAt, invalid, notKubeadm } from './problem';
import {
  MIGRATION_OUTSIDE_CLUSTER_CIDR,
  MIGRATION_OVERLAPS_SOURCE,
  MIGRATION_RANGE_TAKEN,
  MIGRATION_SOURCE_SHARED,
  MIGRATION_UNSUPPORTED,
  MIGRATION_WITHOUT_CHANGE,
} from './rules';

/** What changes between two lists of pools. */
export interface PoolChange {
  readonly removed: readonly Pool[];
  readonly added: readonly Pool[];
  /** As the target has them: what differs can be changed in place. */
  readonly kept: readonly Pool[];
  /** Those of `kept` that differ. */
  readonly updated: readonly Pool[];
}

export function poolChange(from: readonly Pool[], to: readonly Pool[]): PoolChange {
  const before = new Map(from.map((pool) => [identityText(pool), pool]));
  const after = new Set(to.map(identityText));
  const kept = to.filter((pool) => before.has(identityText(pool)));
  return {
    removed: from.filter((pool) => !after.has(identityText(pool))),
    added: to.filter((pool) => !before.has(identityText(pool))),
    kept,
    updated: kept.filter((pool) => settingsText(pool) !== settingsText(before.get(identityText(pool)) ?? pool)),
  };
}

/** Whether every address that a pod may have on the way lies in the pod network of the target. */
export function isEnlarged({ from, to, temporaryPool }: PodNetworkMigration): boolean {
  const ranges = [
    ...from.podCidrs,
    ...from.pools.map(({ cidr }) => cidr),
    ...(temporaryPool === null ? [] : [temporaryPool.cidr]),
  ];
  return ranges.every((cidr) => to.podCidrs.some((outer) => cidrContains(outer, cidr)));
}

export function podNetworkProblems(migration: PodNetworkMigration): RuledProblem[] {
  const { from, to } = migration;
  const before = familiesOf(from.podCidrs);
  const after = familiesOf(to.podCidrs);
  if (migration.distribution !== 'kubeadm') return [notKubeadm(migration.distribution)];
  if (from.cni !== to.cni) {
    return [
      {
        rule: MIGRATION_UNSUPPORTED,
        message: `the network plugin changes from ${from.cni} to ${to.cni}, and no pod has addresses of both`,
        help: 'move the workloads to a new cluster, or keep the network plugin',
      },
    ];
  }
  if (before.join() !== after.join()) {
    return [
      {
        rule: MIGRATION_UNSUPPORTED,
        message: `the IP families change from ${before.join(', ')} to ${after.join(', ')}`,
        help: 'add a second family with DualStackMigration, and keep the primary one first',
      },
    ];
  }
  return [
    ...(from.cni === 'calico' ? calicoProblems(migration) : []),
    ...(from.cni === 'cilium' ? ciliumProblems(migration) : []),
    ...(from.cni === 'flannel' ? flannelProblems(migration) : []),
    ...fleetProblems(migration),
    ...capacityProblems(migration),
  ];
}

function calicoProblems(migration: PodNetworkMigration): RuledProblem[] {
  const { from, to, temporaryPool } = migration;
  const { added, removed, kept, updated } = poolChange(from.pools, to.pools);
  if (
    added.length === 0 &&
    removed.length === 0 &&
    updated.length === 0 &&
    sameCidrs(from.podCidrs, to.podCidrs) &&
    encapsulationChanges(migration).length === 0
  )
    return [nothingChanges()];
  return [
    ...encapsulationProblems(migration),
    ...overlapsAmong(to.pools),
    ...to.pools
      .filter(({ cidr }) => !to.podCidrs.some((outer) => cidrContains(outer, cidr)))
      .map(({ name, cidr }) => ({
        rule: MIGRATION_OUTSIDE_CLUSTER_CIDR,
        message: `pool ${name} ${formatCidr(cidr)} lies outside of the pod network ${to.podCidrs.map(formatCidr).join(', ')}`,
        help: 'kube-proxy takes its pods for strangers: give the pool a part of the pod network, or enlarge podCidrs',
      })),
    ...(temporaryPool === null
      ? crossings(
          added,
          [...removed, ...kept],
          'give a free range as temporaryPool, through which the pods move, or another target',
        )
      : [
          ...crossings(added, kept, 'the pool stays where it is: give the new one another range'),
          ...crossings([temporaryPool], [...from.pools, ...added], 'give temporaryPool a range that no pool has'),
        ]),
    ...(temporaryPool === null
      ? added
          .filter(({ name }) => removed.some((old) => old.name === name))
          .filter((pool) => !removed.some((old) => cidrsOverlap(old.cidr, pool.cidr)))
          .map(({ name }) =>
            invalid(
              `the pool ${name} changes its cidr, which a pool cannot: both have to exist at the same time`,
              'give the pool of the target another name',
            ),
          )
      : []),
    ...(migration.calicoOperator && from.pools.length + added.length > 25
      ? [
          invalid(
            `the Installation would have ${from.pools.length + added.length} pools, and 25 are the most`,
            'use fewer pools, or let the operator manage none of them',
          ),
        ]
      : []),
  ];
}

function ciliumProblems({ from, to }: PodNetworkMigration): RuledProblem[] {
  const texts = new Set(to.podCidrs.map(formatCidr));
  const gone = from.podCidrs.filter((cidr) => !texts.has(formatCidr(cidr)));
  const old = new Set(from.podCidrs.map(formatCidr));
  const added = to.podCidrs.filter((cidr) => !old.has(formatCidr(cidr)));
  const masks = familiesOf(from.podCidrs).filter((family) => from.nodeMask[family] !== to.nodeMask[family]);
  return [
    ...gone.map((cidr) => ({
      rule: MIGRATION_UNSUPPORTED,
      message: `${formatCidr(cidr)} leaves the list of Cilium's cluster pool, whose elements cannot be changed or removed`,
      help: 'keep it and append new ranges; to leave it, move the workloads to a new cluster',
    })),
    ...masks.map((family) => ({
      rule: MIGRATION_UNSUPPORTED,
      message: `the ${family} node mask changes from /${from.nodeMask[family]} to /${to.nodeMask[family]}, which Cilium's cluster pool cannot`,
      help: `keep nodeCidrMaskSize ${family} at ${from.nodeMask[family]}`,
    })),
    ...(gone.length === 0 && added.length === 0 && masks.length === 0 ? [nothingChanges()] : []),
    ...crossings(added.map(asPool), from.podCidrs.map(asPool), 'append a range that is not in the list yet'),
    ...overlapsAmong(added.map(asPool)),
  ];
}

function flannelProblems({ from, to }: PodNetworkMigration): RuledProblem[] {
  const moved = from.podCidrs.filter((cidr) => !to.podCidrs.some((outer) => cidrContains(outer, cidr)));
  const masks = familiesOf(from.podCidrs).some((family) => from.nodeMask[family] !== to.nodeMask[family]);
  return [
    ...moved.map((cidr) => ({
      rule: MIGRATION_UNSUPPORTED,
      message: `the target does not contain ${formatCidr(cidr)}, of which nodes have their pod CIDRs: kube-controller-manager and Flannel stop when a node has one outside of the pod network`,
      help: 'enlarge the pod network in place, to a range that contains the old one; to leave it, move the workloads to a new cluster',
    })),
    ...(moved.length === 0 && sameCidrs(from.podCidrs, to.podCidrs) && !masks ? [nothingChanges()] : []),
  ];
}

function fleetProblems(migration: PodNetworkMigration): RuledProblem[] {
  const { from, to, temporaryPool, kubeProxy, others } = migration;
  const taken = claimAt(others);
  const brought: { readonly what: string; readonly cidr: Cidr; readonly help: string }[] = [
    ...to.podCidrs.map((cidr) => ({ what: 'pod range', cidr, help: 'choose a range that is free in the fleet' })),
    ...(temporaryPool === null
      ? []
      : [{ what: 'temporary pool', cidr: temporaryPool.cidr, help: 'choose a range that is free in the fleet' }]),
    ...(to.cni === 'cilium' && kubeProxy && !sameCidrs(coverOf(to.podCidrs), to.podCidrs)
      ? coverOf(to.podCidrs).map((cidr) => ({
          what: 'cluster CIDR that kube-proxy needs for all of them,',
          cidr,
          help: 'append a range nearer to the others, or set kubeProxy: false if Cilium replaces kube-proxy',
        }))
      : []),
  ];
  const source = from.cni === 'calico' ? from.pools.map(({ cidr }) => cidr) : from.podCidrs;
  const leaving = source.filter((cidr) => !to.podCidrs.some((outer) => cidrContains(outer, cidr)));
  return [
    ...brought.flatMap(({ what, cidr, help }) => {
      const other = taken(cidr);
      if (other === undefined) return [];
      const message = `the ${what} ${formatCidr(cidr)} overlaps ${describeClaim(other)}`;
      return [{ rule: MIGRATION_RANGE_TAKEN, message, help }];
    }),
    ...leaving.flatMap((cidr) => {
      const other = taken(cidr);
      if (other === undefined) return [];
      return [
        {
          rule: MIGRATION_SOURCE_SHARED,
          message: `${formatCidr(cidr)} is in use until the end of the migration and overlaps ${describeClaim(other)}`,
          help: 'until then neither can reach the other; do not bring the other range into use before, or migrate soon',
        },
      ];
    }),
  ];
}

function overlapsAmong(pools: readonly Pool[]): RuledProblem[] {
  return findOverlaps(pools, ({ cidr }) => rangeOfCidr(cidr)).map(({ a, b }) => ({
    rule: MIGRATION_RANGE_TAKEN,
    message: `${rangeText(a)} overlaps ${rangeText(b)}`,
    help: 'give each a range of its own',
  }));
}

function crossings(news: readonly Pool[], olds: readonly Pool[], help: string): RuledProblem[] {
  const index = indexRanges(olds, ({ cidr }) => rangeOfCidr(cidr));
  return news.flatMap((pool) => {
    // The same pool with other blocks is there twice.
    const met = new Set([...overlapping(index, rangeOfCidr(pool.cidr))].map(rangeText));
    return [...met].map((old) => ({
      rule: MIGRATION_OVERLAPS_SOURCE,
      message: `${rangeText(pool)} overlaps ${old}, which exists at the same time`,
      help,
    }));
  });
}

function nothingChanges(): RuledProblem {
  return {
    rule: MIGRATION_WITHOUT_CHANGE,
    message: 'the target has the ranges of the source, so that there is nothing to migrate',
    help: 'give the pod network as it is as `from`, and as it shall be as `to`',
  };
}

function rangeText({ name, cidr }: Pool): string {
  return name === '' ? formatCidr(cidr) : `pool ${name} ${formatCidr(cidr)}`;
}

function asPool(cidr: Cidr): Pool {
  return { name: '', cidr, blockSize: 0, encapsulation: 'None', natOutgoing: false, nodeLabels: {} };
}

/** What cannot be changed in place. */
function identityText({ name, cidr, blockSize }: Pool): string {
  return [name, formatCidr(cidr), blockSize].join(' ');
}

function settingsText({ natOutgoing, nodeLabels }: Pool): string {
  return JSON.stringify([natOutgoing, Object.entries(nodeLabels).sort()]);
}

function sameCidrs(a: readonly Cidr[], b: readonly Cidr[]): boolean {
  return a.map(formatCidr).join() === b.map(formatCidr).join();
}

function familiesOf(cidrs: readonly Cidr[]): IpFamily[] {
  return [...new Set(cidrs.map(({ family }) => family))];
}
