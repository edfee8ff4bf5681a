import { type Finding, finding, type ObjectRef, type Origin } from '../finding/finding';
import { concat, flatMap } from '../model';
import { append } from '../model/lookup';
import { retiredRule } from '../finding/retired-rules';
import { identityOf } from '../model/source-object';
import { EXPIRED_SUPPRESSION, MALFORMED_SUPPRESSION, UNUSED_SUPPRESSION } from './rules';

/** The annotation of an object: `NL201: the reason`. */
export const IGNORE_ANNOTATION = 'netloom.dev/ignore';

/** What somebody wrote to suppress findings, and where it counts. */
export interface SuppressionText {
  /** Such as `NL201: shared on purpose`, `NL201,NL202 until=2027-01-31: while we migrate`. */
  readonly text: string;
  readonly origin: Origin;
  /** The object whose findings are meant, or null for those of a place. */
  readonly object: ObjectRef | null;
  /** The {@link objectKey} or {@link lineKey} of the findings that are meant. */
  readonly covers: string;
  /** Whether what it covers may not have been looked at: then nobody can say that it is of no use. @default false */
  readonly isUncertain?: boolean;
}

export function objectKey(object: ObjectRef): string {
  return `object ${identityOf(object)}`;
}

export function lineKey(file: string, line: number): string {
  return `line ${line} ${file}`;
}

export interface Suppressed {
  /** What is left, and what is wrong with the suppressions. */
  readonly findings: readonly Finding[];
  readonly suppressed: number;
}

interface Suppression {
  readonly source: SuppressionText;
  readonly codes: readonly string[];
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly until: string | undefined;
}

/**
 * Takes suppressed findings away. A suppression needs a reason; one that is expired counts no more, and one that has no
 * finding to suppress is reported, so that none outlives its cause.
 * @param today `YYYY-MM-DD`
 * @param wasAsked whether the rule of a code could say anything
 */
export function applySuppressions(
  findings: readonly Finding[],
  texts: readonly SuppressionText[],
  today: string,
  wasAsked: (code: string) => boolean = () => true,
): Suppressed {
  if (texts.length === 0) return { findings, suppressed: 0 };
  const own: Finding[] = [];
  const active = new Map<string, Suppression[]>();
  const used = new Set<Suppression>();
  const all: Suppression[] = [];
  for (const source of texts) {
    const suppression = parse(source);
    if (suppression === undefined) {
      own.push(malformed(source));
    } else if (suppression.until !== undefined && suppression.until < today) {
      own.push(expired(suppression));
    } else {
      all.push(suppression);
      for (const code of suppression.codes) append(active, `${code} ${source.covers}`, suppression);
    }
  }
  const kept = findings.filter((found) => {
    const covering = flatMap(keysOf(found), (key) => active.get(`${found.code} ${key}`) ?? []);
    for (const suppression of covering) used.add(suppression);
    return covering.length === 0;
  });
  const isOfNoUse = (suppression: Suppression): boolean =>
    !used.has(suppression) &&
    suppression.source.isUncertain !== true &&
    suppression.codes.every(wasAsked) &&
    !isOfChanges(suppression);
  own.push(...all.filter(isOfNoUse).map(unused));
  return { findings: concat(kept, own), suppressed: findings.length - kept.length };
}

function keysOf({ object, origin }: Finding): readonly string[] {
  const { file = null, line = null } = origin ?? {};
  return concat(
    object === null ? [] : [objectKey(object)],
    file === null || line === null ? [] : [lineKey(file, line)],
  );
}

/** What only a diff finds, which compares two states. */
function isOfChanges({ codes }: Suppression): boolean {
  return codes.every((code) => code.startsWith('NL8'));
}

const FORM = /^(NL\d{3}(?:\s*,\s*NL\d{3})*)(?:\s+until=(\d{4}-\d{2}-\d{2}))?\s*:\s*\S/;

function parse(source: SuppressionText): Suppression | undefined {
  const match = FORM.exec(source.text.trim());
  if (match === null) return undefined;
  const [, codes] = match;
  const until = match.at(2);
  if (until !== undefined && !isDay(until)) return undefined;
  return { source, codes: codes.split(',').map((code) => code.trim()), until };
}

/** `2027-02-30` looks like a day and is none. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function malformed({ text, origin, object }: SuppressionText): Finding {
  return finding(MALFORMED_SUPPRESSION, {
    message: `the suppression "${text.trim()}" is not understood`,
    object,
    origin,
    help: 'write the codes and the reason: NL201: the reason, or NL201,NL202 until=2027-01-31: the reason',
  });
}

function expired({ source, codes, until }: Suppression): Finding {
  return finding(EXPIRED_SUPPRESSION, {
    message: `the suppression of ${codes.join(', ')} ended on ${String(until)}`,
    object: source.object,
    origin: source.origin,
    help: 'fix what it suppressed, or give it a new date and a reason that still holds',
  });
}

function retiredHelp(codes: readonly string[]): string | undefined {
  const retired = flatMap(codes, (code) => retiredRule(code) ?? []);
  if (retired.length === 0) return undefined;
  const successors = retired.map((rule) => `${rule.code} is gone: name ${rule.successors.join(', ')}`);
  return `${successors.join('; ')}, or remove the suppression`;
}

function unused({ source, codes }: Suppression): Finding {
  return finding(UNUSED_SUPPRESSION, {
    message: `nothing is left to suppress for ${codes.join(', ')}`,
    object: source.object,
    origin: source.origin,
    help: retiredHelp(codes) ?? 'remove the suppression',
  });
}
