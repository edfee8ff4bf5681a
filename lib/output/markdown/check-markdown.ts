import { type Finding, objectText, type Severity } from '../../finding/finding';
import { type CheckResult, counted, countBySeverity, countsText } from '../check-result';
import { MAX_TEXT_FINDINGS, placeText } from '../text/finding-text';
import { rulePage } from '../rule-page';
import { inline } from './escape';

const MARKS: Record<Severity, string> = { error: '❌', warning: '⚠️', info: 'ℹ️' };

/** A comment for a pull request. */
export function checkMarkdown(result: CheckResult): string {
  const { findings, files, objects, skipped, ignored = [] } = result;
  const counts = countBySeverity(findings);
  const mark = MARKS[counts.errors > 0 ? 'error' : counts.warnings > 0 ? 'warning' : 'info'];
  return [
    `### ${findings.length === 0 ? '✅' : mark} Netloom: ${countsText(counts)}`,
    '',
    `${counted(objects, 'object')} in ${counted(files, 'file')} checked` +
      (skipped.length > 0
        ? `; ${counted(new Set(skipped.map(({ code }) => code)).size, 'rule')} skipped, because a fact about the cluster or a value is not known`
        : '') +
      `${ignored.length > 0 ? `; passed over: ${[...new Set(ignored.map(({ because }) => because))].map(inline).join('; ')}` : ''}.`,
    '',
    ...findingRows(findings),
  ].join('\n');
}

/** A table of the first hundred, and how many more there are; nothing for none. */
export function findingRows(findings: readonly Finding[]): string[] {
  const shown = findings.slice(0, MAX_TEXT_FINDINGS);
  const hidden = findings.length - shown.length;
  return [
    ...(shown.length > 0
      ? ['| | Rule | Where | What | Help |', '| --- | --- | --- | --- | --- |', ...shown.map(row), '']
      : []),
    ...(hidden > 0 ? [`… and ${hidden} more.`, ''] : []),
  ];
}

function row({ code, slug, severity, message, help, object, origin, related }: Finding): string {
  const where = [objectText(object), placeText(null, origin)].filter(Boolean).map(inline).join('<br>');
  const others = related.map((other) => `<br>${inline(`${other.message}: ${placeText(other.object, other.origin)}`)}`);
  return `| ${MARKS[severity]} | [${code}](${rulePage(code)}) ${inline(slug)} | ${where} | ${inline(message)}${others.join('')} | ${inline(help)} |`;
}
