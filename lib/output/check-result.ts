import type { Finding, Rule } from '../finding/finding';
import type { Replacement } from '../fix';
import { append } from '../model/lookup';
import type { SkippedInput } from '../manifests';
import type { SkippedRule } from '../rules';

/** What every format of a check is printed from. */
export interface CheckResult {
  /** Sorted. */
  readonly findings: readonly Finding[];
  /** Rules that could not say anything. */
  readonly skipped: readonly SkippedRule[];
  /** Files, or parts of them, that are no manifests. @default - none */
  readonly ignored?: readonly SkippedInput[];
  /** How the input was understood, if that is not plain. @default - as one cluster, or as netloom.yaml says */
  readonly understood?: string | null;
  /** How many findings somebody has suppressed. */
  readonly suppressed: number;
  /** How many findings of the baseline are no longer there. @default - there is no baseline */
  readonly gone?: number;
  /** Whether only the findings are wanted. @default false */
  readonly brief?: boolean;
  readonly files: number;
  readonly objects: number;
  /** Every rule that could have found something, in the order of the codes. */
  readonly rules: readonly Rule[];
  /** The text of a file that was read, for code frames; undefined for what is not at hand. */
  readonly textOf: (file: string) => string | undefined;
  /** What `--fix` would replace, for findings that it can fix. @default - none */
  readonly replacements?: ReadonlyMap<Finding, readonly Replacement[]>;
}

export interface SeverityCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function countBySeverity(findings: readonly Finding[]): SeverityCounts {
  const count = (severity: Finding['severity']): number =>
    findings.filter((found) => found.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info') };
}

/** `1 error, 2 warnings, 0 infos` */
export function countsText({ errors, warnings, infos }: SeverityCounts): string {
  return [counted(errors, 'error'), counted(warnings, 'warning'), counted(infos, 'info')].join(', ');
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** More files of one sort would hide the rest. */
const NAMED_FILES = 3;

/** `passed over values.yaml: values of a Helm chart: …`, a line for each sort of what is no manifest; and how the rest was understood. */
export function ignoredLines({
  ignored = [],
  understood = null,
}: Pick<CheckResult, 'ignored' | 'understood'>): string[] {
  const byReason = new Map<string, string[]>();
  for (const { path, because } of ignored) append(byReason, because, path);
  const lines = [...byReason].map(([because, paths]) => {
    const hidden = paths.length - NAMED_FILES;
    const named = paths.slice(0, NAMED_FILES).join(', ');
    return `passed over ${named}${hidden > 0 ? ` and ${hidden} more` : ''}: ${because}`;
  });
  return understood === null ? lines : [understood, ...lines];
}

/** Message and help as prose. */
export function sentences(message: string, help: string): string {
  return `${message}. ${help.charAt(0).toUpperCase()}${help.slice(1)}.`;
}
