import type { Finding } from '../../finding/finding';
import { rehearsalFindings, type PrintedRunbook, type RehearsalResult } from '../rehearsal-result';
import { findingTexts, paintedSeverity } from './finding-text';
import type { Palette } from './palette';
import { visible } from './visible';

/** Each stage of each runbook, what an upgrade would do after it, and what is wrong with it. */
export function rehearsalText(result: RehearsalResult, palette: Palette): string {
  const { runbooks, findings } = result;
  const found = rehearsalFindings(result);
  const count = (severity: Finding['severity']): number => found.filter((entry) => entry.severity === severity).length;
  const stages = runbooks.reduce((sum, runbook) => sum + runbook.stages.length, 0);
  return [
    ...runbooks.map((runbook) => runbookText(runbook, palette)),
    ...(findings.length === 0 ? [] : [findingTexts(findings, palette).join('\n')]),
    `${counted(stages, 'stage')} of ${counted(runbooks.length, 'runbook')} rehearsed: ${counted(count('error'), 'error')}, ${counted(count('warning'), 'warning')}`,
  ]
    .join('\n\n')
    .concat('\n');
}

function runbookText({ name, title, stages, before }: PrintedRunbook, palette: Palette): string {
  return [
    palette.bold(visible(`${name}: ${title}`)),
    ...before.flatMap((entry) => ['  before anything is done', ...findingLines(entry, palette)]),
    ...stages.flatMap(({ folder, title: what, findings, upgrade }) => [
      `  ${verdict(findings, palette)} ${visible(folder)}  ${palette.dim(visible(what))}`,
      ...findings.flatMap((entry) => findingLines(entry, palette)),
      ...(upgrade.length === 0 ? [] : [`       kubeadm upgrade would write ${visible(upgrade.join(', '))}`]),
    ]),
  ].join('\n');
}

function verdict(findings: readonly Finding[], palette: Palette): string {
  if (findings.length === 0) return palette.green('ok  ');
  return findings.some(({ severity }) => severity === 'error') ? palette.red('FAIL') : palette.yellow('warn');
}

function findingLines({ severity, code, message, help }: Finding, palette: Palette): string[] {
  return [
    `       ${paintedSeverity(severity, code, palette)} ${visible(message)}`,
    ...(help === '' ? [] : [`         = help: ${visible(help)}`]),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
