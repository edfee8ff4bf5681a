import type { Finding } from '../../finding/finding';
import type { RehearsalResult } from '../rehearsal-result';
import { findingJson, type FindingJson } from './finding-json';
import { jsonText } from './json-text';

/** Each runbook with its stages, and what was found in each of them. */
export function rehearsalJson({ runbooks, findings }: RehearsalResult): string {
  const all = (found: readonly Finding[]): FindingJson[] => found.map((entry) => findingJson(entry));
  const data = {
    version: 1,
    runbooks: runbooks.map(({ name, title, stages, before }) => ({
      name,
      title,
      before: all(before),
      stages: stages.map((stage) => ({ ...stage, findings: all(stage.findings) })),
    })),
    findings: all(findings),
  };
  return `${jsonText(data, 2)}\n`;
}
