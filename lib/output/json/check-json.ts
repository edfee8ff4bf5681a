import { type CheckResult, countBySeverity } from '../check-result';
import { findingJson } from './finding-json';

export function checkJson({ findings, skipped, suppressed, files, objects, replacements }: CheckResult): string {
  const result = {
    version: 1,
    findings: findings.map((finding) => findingJson(finding, replacements?.get(finding))),
    skipped,
    suppressed,
    summary: { files, objects, ...countBySeverity(findings) },
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
