import type { Allocation, ClusterPlan, FreeSpace, LockChange } from '../../plan';
import type { PlanResult } from '../plan-result';
import { counted } from '../check-result';
import { findingTexts } from './finding-text';
import type { Palette } from './palette';
import { tableText } from './table';
import { visible } from './visible';

/** The plan for a person: a table by cluster, how full the supernets are, what changes, what is wrong. */
export function planText(plan: PlanResult, palette: Palette): string {
  const sections = [
    clustersText(plan, palette),
    supernetsText(plan.free, palette),
    changesText(plan.changes, palette),
    findingTexts(plan.findings, palette).join('\n'),
    summaryText(plan, palette),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function clustersText({ clusters, allocations }: PlanResult, palette: Palette): string {
  if (clusters.length === 0) return '';
  const byCluster = new Map<string, Allocation[]>();
  for (const allocation of allocations) {
    const [cluster = ''] = allocation.key.split('/');
    const list = byCluster.get(cluster);
    if (list === undefined) byCluster.set(cluster, [allocation]);
    else list.push(allocation);
  }
  const rows = clusters.flatMap(([name, plan]) => {
    const own = byCluster.get(name) ?? [];
    if (own.length === 0) return [[palette.bold(visible(name)), palette.dim('no ranges'), '', '', '', '']];
    return own
      .toSorted(byRole)
      .map(({ key, cidr, state, reason }, index) => [
        index === 0 ? palette.bold(visible(name)) : '',
        roleText(key),
        cidr,
        stateText(state, palette),
        holds(key, plan),
        palette.dim(visible(reason)),
      ]);
  });
  return tableText(['CLUSTER', 'ROLE', 'RANGE', 'STATE', 'HOLDS', 'FOR'].map(palette.dim), rows, {
    width: palette.width,
  });
}

const ROLE_TEXTS = new Map([
  ['pods', 'pods'],
  ['services', 'services'],
  ['loadBalancers', 'load balancers'],
]);

function byRole(a: Allocation, b: Allocation): number {
  const order = [...ROLE_TEXTS.keys()];
  const rank = ({ key }: Allocation): number => order.indexOf(key.split('/').at(-2) ?? '');
  return rank(a) - rank(b);
}

function roleText(key: string): string {
  const role = key.split('/').at(-2) ?? '';
  return ROLE_TEXTS.get(role) ?? role;
}

function holds(key: string, { capacity }: ClusterPlan): string {
  switch (key.split('/').at(-2) ?? '') {
    case 'pods':
      return counted(capacity.nodes, 'node');
    case 'services':
      return counted(capacity.services, 'service');
    default:
      return counted(capacity.loadBalancers, 'address', 'addresses');
  }
}

function stateText(state: Allocation['state'], palette: Palette): string {
  switch (state) {
    case 'new':
      return palette.green('+ new');
    case 'locked':
      return '= locked';
    case 'pinned':
      return palette.cyan('· pinned');
  }
}

const BAR_WIDTH = 24;
const SHOWN_FREE_BLOCKS = 4;

function supernetsText(free: readonly FreeSpace[], { width }: Palette): string {
  if (free.length === 0) return '';
  const rows = free.map(({ supernet, cidrs, utilisation }) => [
    supernet,
    bar(utilisation),
    `${percent(utilisation)} used`,
    `free: ${freeText(cidrs)}`,
  ]);
  return tableText([], rows, { width });
}

/** Whoever uses anything gets a mark, and only a full supernet gets a full bar. */
function bar(utilisation: number): string {
  const filled =
    utilisation === 0 || utilisation === 1
      ? utilisation * BAR_WIDTH
      : Math.min(BAR_WIDTH - 1, Math.max(1, Math.round(utilisation * BAR_WIDTH)));
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

function percent(part: number): string {
  return part > 0 && part < 0.0001 ? '<0.01%' : `${(part * 100).toFixed(2)}%`;
}

/** The largest blocks say most about what still fits. */
function freeText(cidrs: readonly string[]): string {
  if (cidrs.length === 0) return 'nothing';
  const bySize = cidrs
    .map((cidr, index) => ({ cidr, index, prefix: Number(cidr.slice(cidr.indexOf('/') + 1)) }))
    .sort((a, b) => a.prefix - b.prefix || a.index - b.index);
  const shown = bySize.slice(0, SHOWN_FREE_BLOCKS).map(({ cidr }) => cidr);
  const hidden = cidrs.length - shown.length;
  return shown.join(', ') + (hidden > 0 ? ` and ${hidden} smaller` : '');
}

const SHOWN_CHANGES = 100;

function changesText(changes: readonly LockChange[], palette: Palette): string {
  if (changes.length === 0) return '';
  const rows = changes.slice(0, SHOWN_CHANGES).map(({ key, before, after }) => {
    if (before === null) return [palette.green('+'), visible(key), String(after)];
    if (after === null) return [palette.red('-'), visible(key), visible(before)];
    return [palette.yellow('~'), visible(key), `${visible(before)} → ${after}`];
  });
  const hidden = changes.length - rows.length;
  return [
    'Changes to the lock:',
    tableText([], rows, { width: palette.width }),
    ...(hidden > 0 ? [`… and ${hidden} more`] : []),
  ].join('\n');
}

function summaryText({ changes, findings, clusters }: PlanResult, palette: Palette): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const added = changes.filter(({ before }) => before === null).length;
  const removed = changes.filter(({ after }) => after === null).length;
  const lock =
    changes.length === 0
      ? 'the lock is up to date'
      : `the lock: ${added} to add, ${changes.length - added - removed} to change, ${removed} to remove`;
  const verdict = errors > 0 ? palette.red('✗') : palette.green('✓');
  return `${verdict} ${counted(clusters.length, 'cluster')}, ${counted(errors, 'error')}, ${counted(warnings, 'warning')}; ${lock}`;
}
