import type { Runbook } from '../../migration';

/** The runbook as data: its stages, steps and checks. */
export function runbookJson({ stages, ...runbook }: Runbook): string {
  const withoutContents = stages.map(({ files, ...stage }) => ({ ...stage, files: files.map(({ path }) => path) }));
  return `${JSON.stringify({ version: 1, ...runbook, stages: withoutContents }, null, 2)}\n`;
}
