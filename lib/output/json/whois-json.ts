import type { WhoisResult } from '../whois-result';
import { findingJson } from './finding-json';
import { jsonText } from './json-text';

export function whoisJson({ answer, findings }: WhoisResult): string {
  return `${jsonText({ version: 1, ...answer, findings: findings.map((found) => findingJson(found)) }, 2)}\n`;
}
