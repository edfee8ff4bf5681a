import type { CapacityResult } from '../capacity-result';
import { findingJson } from './finding-json';
import { jsonText } from './json-text';

export function capacityJson({ clusters, findings }: CapacityResult): string {
  return `${jsonText({ version: 1, clusters, findings: findings.map((found) => findingJson(found)) }, 2)}\n`;
}
