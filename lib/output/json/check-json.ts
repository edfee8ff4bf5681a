import { type CheckResult, countBySeverity } from '../check-result';
import { findingJson } from './finding-json';
import { jsonText } from './json-text';

export function checkJson({ findings, skipped, suppressed, files, objects, replacements }: CheckResult): string {
  const result = {
    version: 1,
    findings: findings.map((finding) => findingJson(finding, replacements?.get(finding))),
    skipped: skipped.map(({ code, because }) => ({ code, because })),
    suppressed,
    summary: { files, objects, ...countBySeverity(findings) },
  };
  return `${jsonText(result, 2)}\n`;
}
