import { type Finding, objectText, type ObjectRef, type Origin } from '../../finding/finding';
import { type CheckResult, counted, countBySeverity, countsText, ignoredLines } from '../check-result';
import { codeFrame } from './code-frame';
import { MAX_TEXT_FINDINGS, paintedSeverity, placeText } from './finding-text';
import type { Palette } from './palette';
import { ruleCountsText } from './rule-counts-text';
import { visible } from './visible';

/** From here on a reader wants to know first what the list is made of. */
const MANY_FINDINGS = 20;

/** Findings for a person: each with its place underlined, the other party in a second frame, and what to do. */
export function checkText(result: CheckResult, palette: Palette): string {
  const shown = result.findings
    .slice(0, MAX_TEXT_FINDINGS)
    .map((finding) => findingWithFrames(finding, result, palette));
  const hidden = result.findings.length - shown.length;
  const isLong = result.findings.length > MANY_FINDINGS && !result.brief;
  const sections = [
    ...(isLong
      ? [`${counted(result.findings.length, 'finding')} of these rules:\n${ruleCountsText(result.findings, palette)}`]
      : []),
    ...shown,
    ...(hidden > 0 ? [`… and ${hidden} more; -o json has all of them`] : []),
    ...(result.brief ? [] : [summaryText(result, palette)]),
  ];
  return sections.length === 0 ? '' : `${sections.join('\n\n')}\n`;
}

/** With its place underlined, and that of the other party. */
export function findingWithFrames(finding: Finding, { textOf }: Pick<CheckResult, 'textOf'>, palette: Palette): string {
  const { code, slug, severity, message, object, origin, related, help } = finding;
  const frame = (place: Origin | null): string[] => {
    if (!place?.file || place.line === null || place.column === null) return [];
    const text = textOf(place.file);
    const lines = text === undefined ? undefined : codeFrame(text, place.line, place.column, palette);
    return lines === undefined ? [] : [lines];
  };
  return [
    `${paintedSeverity(severity, code, palette)} ${slug}: ${visible(message)}`,
    placeLine('-->', object, origin, palette),
    ...frame(origin),
    ...related.flatMap((other) => [
      `  ${palette.cyan('=')} ${visible(other.message)}`,
      placeLine('-->', other.object, other.origin, palette),
      ...frame(other.origin),
    ]),
    `  ${palette.cyan('=')} ${palette.bold('help')}: ${visible(help)}`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function placeLine(arrow: string, object: ObjectRef | null, origin: Origin | null, palette: Palette): string {
  const place = placeText(null, origin);
  const what = visible(objectText(object));
  if (place === '' && what === '') return '';
  return `  ${palette.cyan(arrow)} ${[place, palette.dim(what)].filter((part) => part !== '').join('  ')}`;
}

/** Objects of an app are of no file yet. */
function ofFiles({ objects, files }: CheckResult): string {
  return objects > 0 && files === 0 ? ' of the app' : ` of ${counted(files, 'file')}`;
}

export function summaryText(result: CheckResult, palette: Palette): string {
  const counts = countBySeverity(result.findings);
  const fixable = result.replacements?.size ?? 0;
  const mark = counts.errors > 0 ? palette.red('✗') : counts.warnings > 0 ? palette.yellow('!') : palette.green('✓');
  const lines = [
    `${mark} ${countsText(counts)} in ${counted(result.objects, 'object')}${ofFiles(result)}` +
      (result.suppressed > 0 ? `; ${result.suppressed} suppressed` : '') +
      (fixable > 0 ? `; ${fixable} fixable with --fix` : ''),
    ...skippedLines(result),
    ...ignoredLines(result).map((line) => `  ${visible(line)}`),
    ...result.findings.slice(0, 1).map(({ code }) => `  more about a finding: netloom rule ${code}`),
  ];
  return lines.join('\n');
}

/** In one line, whatever is not known. */
function skippedLines({ skipped }: CheckResult): string[] {
  if (skipped.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { code, because, options = [] } of skipped) {
    const reason = options.length === 0 ? because : `${because}: ${options.join(' or ')}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), code]);
  }
  const parts = [...byReason].map(([reason, codes]) => `${codes.join(', ')} (${visible(reason)})`);
  return [`  not checked: ${parts.join('; ')}`];
}
