import type { Finding } from '../../finding/finding';
import { ruleCounts } from '../rule-counts';
import { paintedSeverity } from './finding-text';
import type { Palette } from './palette';
import { tableText } from './table';

/** A line for each rule. */
export function ruleCountsText(findings: readonly Finding[], palette: Palette): string {
  const rows = ruleCounts(findings).map(({ code, slug, severity, count }) => [
    String(count),
    paintedSeverity(severity, code, palette),
    slug,
  ]);
  return rows.length === 0 ? '' : tableText([], rows, { right: [0], width: palette.width });
}
