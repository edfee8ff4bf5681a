import { compareText, type Finding, objectText } from '../finding/finding';
import { flatMap } from '../model';

/** Findings that were there when a repository began to use Netloom: known by what they say, not by their line. */
export interface Baseline {
  readonly findings: readonly string[];
}

export function baselineOf(findings: readonly Finding[]): Baseline {
  return { findings: [...findings.map(identity)].sort(compareText) };
}

export function formatBaseline({ findings }: Baseline): string {
  return `${JSON.stringify({ version: 1, findings }, null, 2)}\n`;
}

/** Undefined if the text is no baseline. */
export function parseBaseline(text: string): Baseline | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1) return undefined;
  if (!('findings' in value) || !Array.isArray(value.findings)) return undefined;
  const findings: unknown[] = value.findings;
  return findings.every((entry) => typeof entry === 'string') ? { findings } : undefined;
}

/** Findings beside a baseline. */
export interface AfterBaseline {
  /** Those that the baseline does not have. */
  readonly findings: readonly Finding[];
  /** How many the baseline has that are no longer found. */
  readonly gone: number;
}

/** Of equal findings as many are old as the baseline has. An object may have moved to another file. */
export function afterBaseline(findings: readonly Finding[], baseline: Baseline): AfterBaseline {
  const left = counts(baseline.findings);
  const elsewhere = findings.filter((found) => !take(left, identity(found)));
  const moved = counts(flatMap([...left], ([entry, count]) => Array<string>(count).fill(withoutFile(entry))));
  const news = elsewhere.filter((found) => found.object === null || !take(moved, withoutFile(identity(found))));
  return { findings: news, gone: [...moved.values()].reduce((sum, count) => sum + count, 0) };
}

function counts(entries: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const entry of entries) counted.set(entry, (counted.get(entry) ?? 0) + 1);
  return counted;
}

/** Whether there was one to take. */
function take(counted: Map<string, number>, key: string): boolean {
  const count = counted.get(key) ?? 0;
  if (count > 0) counted.set(key, count - 1);
  return count > 0;
}

const SEPARATOR = ' | ';

function identity({ code, object, message, origin }: Finding): string {
  return [code, objectText(object), origin?.file ?? origin?.construct ?? '', message].join(SEPARATOR);
}

function withoutFile(entry: string): string {
  const [code, object, , ...message] = entry.split(SEPARATOR);
  return [code, object, ...message].join(SEPARATOR);
}
