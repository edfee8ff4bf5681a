import { type CheckResult, countBySeverity } from '../check-result';
import { ruleCounts } from '../rule-counts';
import { jsonText } from './json-text';

export function statisticsJson({ findings, suppressed, files, objects }: CheckResult): string {
  const summary = { files, objects, ...countBySeverity(findings) };
  return `${jsonText({ version: 1, statistics: ruleCounts(findings), suppressed, summary }, 2)}\n`;
}
