import { objectText } from '../../finding/finding';
import { counted, countBySeverity, countsText } from '../check-result';
import { partiesText, reachGroups } from '../reach-groups';
import type { ReachResult } from '../reach-result';
import { findingRows } from './check-markdown';
import { inline } from './escape';

/** Who can reach whom: every connection, where sources with equal answers stand together; the ways in; what is wrong. */
export function reachMarkdown(result: ReachResult): string {
  const { reach, entrances, findings } = result;
  const cell = (parties: readonly string[]): string =>
    inline(partiesText(parties, reach, Number.POSITIVE_INFINITY)).replaceAll(', ', '<br>');
  const rows = reachGroups(result).flatMap(({ sources, rows: found }) =>
    found.map(({ destinations, conns }) => `| ${cell(sources)} | ${cell(destinations)} | ${inline(conns)} |`),
  );
  const ways = entrances.map(({ kind, object, workload, offered, connections }) => {
    const { sets, workloads } = reach;
    const blocked = sets.difference(offered, connections);
    const name = `${objectText(object.ref)}${kind === object.ref.kind ? '' : ` (${kind})`}`;
    return `| ${inline(name)} | ${inline(workloads[workload].text)} | ${inline(sets.text(connections))} | ${inline(blocked === 0 ? '' : sets.text(blocked))} |`;
  });
  return [
    `### Netloom: ${counted(reach.workloads.length, 'workload')}, ${counted(reach.count(), 'connection')}; ${countsText(countBySeverity(findings))}`,
    '',
    '| From | To | Connections |',
    '| --- | --- | --- |',
    ...rows,
    '',
    ...(ways.length === 0
      ? []
      : [
          '#### Ways in from outside',
          '',
          '| Way | Workload | Connections | Blocked by policies |',
          '| --- | --- | --- | --- |',
          ...[...new Set(ways)].sort(),
          '',
        ]),
    ...findingRows(findings),
  ].join('\n');
}
