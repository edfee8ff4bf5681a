import { compareText, type Finding, objectText } from '../finding/finding';

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

/** Of equal findings as many are old as the baseline has. */
export function withoutBaseline(findings: readonly Finding[], baseline: Baseline): Finding[] {
  const left = new Map<string, number>();
  for (const entry of baseline.findings) left.set(entry, (left.get(entry) ?? 0) + 1);
  return findings.filter((found) => {
    const key = identity(found);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
}

function identity({ code, object, message, origin }: Finding): string {
  return [code, objectText(object), origin?.file ?? origin?.construct ?? '', message].join(' | ');
}
