import type { WhoisResult } from '../whois-result';
import { findingJson } from './finding-json';

export function whoisJson({ answer, findings }: WhoisResult): string {
  return `${JSON.stringify({ version: 1, ...answer, findings: findings.map((found) => findingJson(found)) }, null, 2)}\n`;
}
