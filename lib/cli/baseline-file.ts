import type { Finding } from '../finding/finding';
import { LIVE_RULES } from '../live/rules';
import { UNREAD_CODES } from '../manifests/rules';
import { type CheckResult, counted } from '../output/check-result';
import { afterBaseline, type Baseline, baselineOf, formatBaseline, parseBaseline } from '../suppression/baseline';
import { readTextFile } from '../system/read-file';
import { systemErrorText } from '../system/system-error';
import { writeWholeFile } from '../system/write-file';
import { refuseInput } from './refuse-input';
import { note, type NoteOptions } from './tell';
import { UsageError } from './usage-error';

/** @throws UsageError for a file that is none */
export function readBaseline(file: string | undefined): Baseline | undefined {
  if (file === undefined) return undefined;
  const baseline = parseBaseline(readOption(file, '--baseline'));
  if (baseline === undefined) throw new UsageError(`${file} is no baseline: --write-baseline ${file} makes one`);
  return baseline;
}

/** What is new beside the baseline; what it has counts as suppressed. */
export function besideBaseline(
  findings: readonly Finding[],
  suppressed: number,
  baseline: Baseline | undefined,
): Pick<CheckResult, 'findings' | 'suppressed' | 'gone'> {
  if (baseline === undefined) return { findings, suppressed };
  const { findings: news, gone } = afterBaseline(findings.filter(isRead), baseline);
  const shown = new Set(news);
  const left = findings.filter((found) => shown.has(found) || !isRead(found));
  return { findings: left, suppressed: suppressed + findings.length - left.length, gone };
}

function readOption(file: string, option: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    throw new UsageError(`${option}: cannot read ${file}: ${systemErrorText(error)}`);
  }
}

/** Writes all that was found in what could be read, and returns the rest: it is no part of a baseline. */
export function saveBaseline(file: string, findings: readonly Finding[], options: NoteOptions): readonly Finding[] {
  const known = findings.filter(isRead);
  try {
    refuseInput(file);
    writeWholeFile(file, formatBaseline(baselineOf(known)));
  } catch (error) {
    throw new UsageError(`--write-baseline: cannot write ${file}: ${systemErrorText(error)}`);
  }
  note(`${file}: ${counted(known.length, 'finding')}`, options);
  return findings.filter((found) => !isRead(found));
}

/** What is missing today may be read tomorrow. */
const UNREAD: ReadonlySet<string> = new Set([...UNREAD_CODES, ...LIVE_RULES.map(({ code }) => code)]);

function isRead({ code }: Finding): boolean {
  return !UNREAD.has(code);
}
