import type { CapacityResult } from '../capacity-result';
import { findingJson } from './finding-json';

export function capacityJson({ clusters, findings }: CapacityResult): string {
  return `${JSON.stringify({ version: 1, clusters, findings: findings.map((found) => findingJson(found)) }, null, 2)}\n`;
}
