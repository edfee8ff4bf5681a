import type { Entrance } from '../../reach';
import { objectText } from '../../finding/finding';
import { counted, countBySeverity, countsText } from '../check-result';
import { partiesText, reachGroups } from '../reach-groups';
import { type ReachResult, unconsideredLines } from '../reach-result';
import { findingTexts } from './finding-text';
import type { Palette } from './palette';
import { visible } from './visible';

/** So many names stand in a line; more are counted. */
const NAMES_IN_A_LINE = 4;

/** Who can reach whom for a person: sources with equal answers stand together. */
export function reachText(result: ReachResult, palette: Palette): string {
  const { reach, entrances, findings } = result;
  const groups = reachGroups(result);
  const width = Math.max(0, ...groups.flatMap(({ rows }) => rows.map(({ conns }) => Math.min(conns.length, 40))));
  const sections = [
    ...groups.map(({ sources, rows }) =>
      [
        palette.bold(visible(partiesText(sources, reach, NAMES_IN_A_LINE))),
        ...rows.map(
          ({ destinations, conns }) =>
            `  ${palette.cyan('→')} ${palette.green(conns.padEnd(width))}  ${visible(partiesText(destinations, reach, NAMES_IN_A_LINE))}`,
        ),
      ].join('\n'),
    ),
    entrancesText(entrances, result, palette),
    findingTexts(findings, palette).join('\n'),
    [summary(result, palette), ...unconsideredLines(result).map((line) => `  ${visible(line)}`)].join('\n'),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function entrancesText(entrances: readonly Entrance[], { reach }: ReachResult, palette: Palette): string {
  if (entrances.length === 0) return '';
  const lines = entrances.map(({ kind, object, workload, offered, connections, assumed }) => {
    const { sets, workloads } = reach;
    const blocked = sets.difference(offered, connections);
    const notes = [
      ...(blocked === 0 ? [] : [`${sets.text(blocked)} blocked by policies`]),
      ...(assumed ? ['if the controller is whom the policies allow'] : []),
    ];
    const lead = `${objectText(object.ref)}${kind === object.ref.kind ? '' : ` (${kind})`}`;
    const note = notes.length === 0 ? '' : palette.dim(`  ${notes.join('; ')}`);
    return `  ${visible(lead)} ${palette.cyan('→')} ${visible(workloads[workload].text)}  ${palette.green(sets.text(connections))}${note}`;
  });
  return [palette.bold('Ways in from outside'), ...[...new Set(lines)].sort()].join('\n');
}

function summary({ reach, findings }: ReachResult, palette: Palette): string {
  const { compiled, workloads } = reach;
  const isolated = (direction: 'ingress' | 'egress'): number =>
    new Set(
      compiled.pods.flatMap((_, pods) =>
        compiled.selecting[direction][pods].length > 0 ? [compiled.workloadOf[pods]] : [],
      ),
    ).size;
  const counts = countBySeverity(findings);
  const mark = counts.errors > 0 ? palette.red('✗') : palette.green('✓');
  return (
    `${mark} ${counted(workloads.length, 'workload')} (${isolated('ingress')} isolated for ingress, ${isolated('egress')} for egress), ` +
    `${counted(reach.count(), 'connection')}; ${countsText(counts)}`
  );
}
