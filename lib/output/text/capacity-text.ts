import type { ClusterCapacity, Resource, Scenario } from '../../questions';
import type { CapacityResult } from '../capacity-result';
import { findingTexts } from './finding-text';
import type { Palette } from './palette';
import { tableText } from './table';
import { visible } from './visible';

const NAMES: Record<Resource, string> = {
  nodes: 'nodes',
  pods: 'pods',
  services: 'services',
  nodePorts: 'node ports',
  loadBalancers: 'load balancer addresses',
};
const NUMBER_COLUMNS = [1, 2, 3, 4, 5];

/** For each cluster a table of what is used, planned and left, and what happens if. */
export function capacityText({ clusters, findings }: CapacityResult, palette: Palette): string {
  const sections = [
    ...clusters.map((cluster) => clusterText(cluster, palette)),
    ...(clusters.length === 0 ? ['nothing that was read is a cluster'] : []),
    findingTexts(findings, palette).join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function clusterText({ cluster, now, scenarios }: ClusterCapacity, palette: Palette): string {
  const rows = now.resources.map(({ resource, used, planned, limit, left, factor, because }) => [
    NAMES[resource],
    number(used),
    number(planned),
    number(limit),
    left !== null && left < 0 ? palette.red(number(left)) : number(left),
    factor === null ? '–' : `× ${factorText(factor)}`,
    palette.dim(visible(because === '' ? 'the limit is not known' : because)),
  ]);
  const head = ['', 'USED', 'PLANNED', 'LIMIT', 'LEFT', 'GROWTH', 'LIMITED BY'].map(palette.dim);
  const cases = [now, ...scenarios].map((scenario) => [
    scenario.fits ? palette.green('✓') : palette.red('✗'),
    visible(scenario.name),
    firstLimitText(scenario),
    roomText(scenario),
  ]);
  return [
    palette.bold(cluster === null ? 'the cluster of the manifests' : `cluster ${visible(cluster)}`),
    tableText(head, rows, { right: NUMBER_COLUMNS, width: palette.width }),
    '',
    tableText([], cases, { width: palette.width }),
  ].join('\n');
}

function firstLimitText({ firstLimit }: Scenario): string {
  if (firstLimit === null) return 'no limit is known';
  const { resource, factor } = firstLimit;
  return factor < 1
    ? `too many ${NAMES[resource]} (× ${factorText(factor)})`
    : `first limit: ${NAMES[resource]}, after everything has grown × ${factorText(factor)}`;
}

function roomText({ room }: Scenario): string {
  if (room === null) return '';
  const { pods, nodes, holds } = room;
  return `${pods} pods on ${nodes} ${nodes === 1 ? 'node' : 'nodes'}, which ${nodes === 1 ? 'holds' : 'hold'} ${holds}`;
}

function number(value: number | null): string {
  return value === null ? '–' : String(value);
}

/** Beyond a hundred nobody counts hundredths. */
function factorText(factor: number): string {
  return factor >= 100 ? String(Math.floor(factor)) : String(Number(factor.toFixed(2)));
}
