import type { PlanResult } from '../plan-result';
import { findingJson } from './finding-json';
import { jsonText } from './json-text';

export function planJson({ clusters, allocations, changes, free, findings }: PlanResult): string {
  const plan = {
    version: 1,
    clusters: Object.fromEntries(clusters),
    allocations,
    changes,
    free,
    findings: findings.map((finding) => findingJson(finding)),
  };
  return `${jsonText(plan, 2)}\n`;
}
