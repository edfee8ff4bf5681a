import {
  addressMaps,
  type AddressMap,
  type Disruption,
  type DisruptionClass,
  disruptionOf,
  gravest,
  type LockChange,
  type MapBlock,
} from '../../plan';
import { USE_COLORS } from '../address-map-colors';
import { shownBlocks, sizeText } from '../address-map-blocks';
import { counted, countBySeverity, countsText } from '../check-result';
import type { PlanResult } from '../plan-result';
import { findingRows } from './check-markdown';
import { visible } from '../text/visible';
import { codeBlock, inline } from './escape';

const MARKS: Record<DisruptionClass, string> = {
  none: '🟢 none',
  restart: '🟡 restart',
  migration: '🟠 migration',
  impossible: '🔴 impossible in place',
};

/** A comment for a pull request: what changes and how gravely, a map of each supernet, and what is wrong. */
export function planMarkdown(plan: PlanResult): string {
  const disrupted = disruptions(plan);
  const counts = countBySeverity(plan.findings);
  const mark = counts.errors > 0 ? '❌' : counts.warnings > 0 ? '⚠️' : '✅';
  const gravity = gravest(disrupted.map(({ disruption }) => disruption));
  const title =
    plan.changes.length === 0
      ? 'the lock stays as it is'
      : `${counted(plan.changes.length, 'change')} to the lock, disruption: ${MARKS[gravity]}`;
  return [
    `### ${mark} Netloom plan: ${title}`,
    '',
    `${counted(plan.clusters.length, 'cluster')}; ${countsText(counts)}.`,
    '',
    ...changesTable(disrupted),
    ...findingRows(plan.findings),
    ...addressMaps(plan.free, plan.allocations, plan.holdings, plan.changes).flatMap(mapSection),
  ].join('\n');
}

interface Disrupted {
  readonly change: LockChange;
  readonly disruption: Disruption;
}

function disruptions({ changes, clusters, lockedKeys }: PlanResult): Disrupted[] {
  const context = { families: new Map(clusters.map(([name, { families }]) => [name, families])), lockedKeys };
  return changes.map((change) => ({ change, disruption: disruptionOf(change, context) }));
}

/** GitHub cuts a comment at 65,536 characters. */
const SHOWN_CHANGES = 100;

function changesTable(disrupted: readonly Disrupted[]): string[] {
  if (disrupted.length === 0) return [];
  const rows = disrupted.slice(0, SHOWN_CHANGES).map(({ change: { key, before, after }, disruption }) => {
    const value = (text: string | null): string => (text === null ? '–' : code(text));
    return `| ${code(key)} | ${value(before)} | ${value(after)} | ${MARKS[disruption.disruption]} | ${inline(disruption.reason)} |`;
  });
  const hidden = disrupted.length - rows.length;
  return [
    '| Allocation | Before | After | Disruption | Why |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...(hidden > 0 ? [`… and ${hidden} more changes.`, ''] : []),
  ];
}

function mapSection(map: AddressMap): string[] {
  const { blocks, hidden } = shownBlocks(map);
  return [
    `#### ${code(map.supernet)}, ${percent(map.utilisation)} in use`,
    '',
    ...codeBlock('mermaid', mermaid(map.supernet, blocks)),
    '',
    '<details><summary>The same as a table</summary>',
    '',
    '| Range | Size | Who | |',
    '| --- | --- | --- | --- |',
    ...blocks.map(
      (block) => `| ${code(block.cidr)} | ${sizeText(block.cidr)} | ${inline(nameOf(block))} | ${block.change ?? ''} |`,
    ),
    ...(hidden > 0 ? [`| | | and ${hidden} more | |`] : []),
    '',
    '</details>',
    '',
  ];
}

/** A box for each block, in address order from left to right and top to bottom. */
function mermaid(supernet: string, blocks: readonly MapBlock[]): string[] {
  const used = [...new Set(blocks.map(({ use }) => use))];
  return [
    'flowchart LR',
    `  supernet["${label(supernet)}"]`,
    ...blocks.map((block, index) => {
      const change = block.change === null ? '' : `<br>${block.change}`;
      return `  supernet --- block${index}["${label(block.cidr)}<br>${label(nameOf(block))}${change}"]:::${block.use}`;
    }),
    ...used.map((use) =>
      use === 'free'
        ? '  classDef free fill:transparent,stroke-dasharray:3 3'
        : `  classDef ${use} fill:${USE_COLORS[use]},stroke:${USE_COLORS[use]},color:#ffffff`,
    ),
  ];
}

function nameOf({ use, owner }: MapBlock): string {
  if (use === 'free') return 'free';
  return use === 'reservation' ? `reserved for ${owner}` : owner;
}

/** Mermaid reads HTML entities, written with a hash in front. */
function label(text: string): string {
  return visible(text).replace(/["#<>&;`\\]/g, (character) => `#${character.charCodeAt(0)};`);
}

/** Text from outside as code that cannot end the code or the table cell. */
function code(text: string): string {
  return /^[\w./:-]+$/.test(text) ? `\`${text}\`` : inline(text);
}

function percent(part: number): string {
  return part > 0 && part < 0.0001 ? '<0.01%' : `${(part * 100).toFixed(2)}%`;
}
