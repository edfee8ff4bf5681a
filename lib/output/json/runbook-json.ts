import type { Runbook } from '../../migration';
import { jsonText } from './json-text';

/** The runbook as data: its stages, steps and checks. */
export function runbookJson({ stages, ...runbook }: Runbook): string {
  const withoutContents = stages.map(({ files, ...stage }) => ({ ...stage, files: files.map(({ path }) => path) }));
  return `${jsonText({ version: 1, ...runbook, stages: withoutContents }, 2)}\n`;
}
