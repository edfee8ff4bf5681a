import { countBySeverity } from '../check-result';
import { countChanges, type DiffResult } from '../diff-result';
import { findingJson } from './finding-json';

export function diffJson(result: DiffResult): string {
  const { objects, addresses, exposure, findings, suppressed } = result;
  const diff = {
    version: 1,
    objects,
    addresses,
    exposure,
    findings: findings.map(findingJson),
    suppressed,
    summary: { ...countChanges(result), ...countBySeverity(findings) },
  };
  return `${JSON.stringify(diff, null, 2)}\n`;
}
