import type { CheckResult } from '../check-result';
import { summaryText } from './check-text';
import type { Palette } from './palette';
import { ruleCountsText } from './rule-counts-text';

export function statisticsText(result: CheckResult, palette: Palette): string {
  const sections = [ruleCountsText(result.findings, palette), result.brief ? '' : summaryText(result, palette)];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
