import { partiesText, reachGroups } from '../reach-groups';
import type { ReachResult } from '../reach-result';
import { inline } from './escape';

const NAMES_IN_A_CELL = 6;

/** Who can reach whom, as a table: sources with equal answers stand together. */
export function reachMarkdown(result: ReachResult): string {
  const { reach } = result;
  const cell = (parties: readonly string[]): string => inline(partiesText(parties, reach, NAMES_IN_A_CELL));
  const rows = reachGroups(result).flatMap(({ sources, rows: found }) =>
    found.map(({ destinations, conns }) => `| ${cell(sources)} | ${cell(destinations)} | ${inline(conns)} |`),
  );
  return ['| From | To | Connections |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
