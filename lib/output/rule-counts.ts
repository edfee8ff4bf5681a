import type { Finding, Severity } from '../finding/finding';

export interface RuleCount {
  readonly code: string;
  readonly slug: string;
  readonly severity: Severity;
  readonly count: number;
}

/** How many findings each rule has, by severity: those that are found most come first. */
export function ruleCounts(findings: readonly Finding[]): readonly RuleCount[] {
  const counts = new Map<string, RuleCount>();
  for (const { code, slug, severity } of findings) {
    const key = `${code} ${severity}`;
    counts.set(key, { code, slug, severity, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const rank = ({ severity }: RuleCount): number => ['error', 'warning', 'info'].indexOf(severity);
  return [...counts.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count || (a.code < b.code ? -1 : 1));
}
