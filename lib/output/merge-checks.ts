import { compareFindings, compareText, type Finding } from '../finding/finding';
import type { Replacement } from '../fix';
import type { CheckResult } from './check-result';
import { findingJson } from './json/finding-json';
import type { ReadCheck } from './json/read-check-json';

/**
 * The results of parts as that of the whole. What is said of the fleet stands in each part, and once in the whole. The
 * order of the parts changes nothing.
 */
export function mergeChecks(parts: readonly ReadCheck[]): Omit<CheckResult, 'rules' | 'textOf'> {
  const byText = new Map<string, { readonly finding: Finding; readonly fix: readonly Replacement[] | undefined }>();
  for (const { findings, replacements } of parts) {
    for (const finding of findings) {
      const fix = replacements.get(finding);
      byText.set(JSON.stringify(findingJson(finding, fix)), { finding, fix });
    }
  }
  const sorted = [...byText]
    .sort(([a, one], [b, other]) => compareFindings(one.finding, other.finding) || compareText(a, b))
    .map(([, entry]) => entry);
  const sum = (key: 'suppressed' | 'files' | 'objects'): number => parts.reduce((total, part) => total + part[key], 0);
  return {
    findings: sorted.map(({ finding }) => finding),
    skipped: parts
      .flatMap(({ skipped }) => skipped)
      .sort((a, b) => compareText(a.code, b.code) || compareText(a.because, b.because)),
    suppressed: sum('suppressed'),
    files: sum('files'),
    objects: sum('objects'),
    replacements: new Map(sorted.flatMap(({ finding, fix }) => (fix === undefined ? [] : [[finding, fix] as const]))),
  };
}
