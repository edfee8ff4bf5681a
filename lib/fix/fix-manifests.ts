import { compareText, type Finding, type Severity } from '../finding/finding';
import { applyTextEdits, decodeText, type ManifestFile, saysWhatIsMeant } from '../manifests';
import { type FileFix, fileFixes } from './file-fix';

interface Checked {
  readonly findings: readonly Finding[];
}

/** Files after everything has been fixed that can be, and what is left to say about them. */
export interface FixedManifests<Result> {
  readonly files: readonly ManifestFile[];
  readonly result: Result;
  /** How many findings were fixed. */
  readonly fixed: number;
  /** The files that differ from what was given, by path. */
  readonly changed: ReadonlyMap<string, ManifestFile>;
}

/** Fixing one thing may let another be seen. */
const MOST_ROUNDS = 10;
/** Each trial of a round checks everything. What is not known to be good by then is left alone. */
const MOST_TRIALS = 20;

/**
 * Fixes findings until nothing is left that can be fixed. A fix counts only if the documents then say what it means and nothing else, and
 * if it causes no new finding that is as bad and that only a person can fix.
 * @param result what `check` says about the files as they are
 */
export function fixManifests<Result extends Checked>(
  files: readonly ManifestFile[],
  result: Result,
  check: Check<Result>,
): FixedManifests<Result> {
  const first = { files, result, fixes: [] };
  const hopeful = fixInRounds(first, check, (state, next, fixes) => newFindings(state, next, fixes).some(isBad(fixes)));
  // What a round brought to light was not fixed by the next one.
  const { state, fixed } = isWorse(result, hopeful.state.result)
    ? fixInRounds(first, check, (before, next) => isWorse(before.result, next.result))
    : hopeful;
  const before = new Map(files.map((file) => [file.path, file]));
  const changed = state.files.filter((file) => before.get(file.path) !== file);
  return {
    files: state.files,
    result: state.result,
    fixed,
    changed: new Map(changed.map((file) => [file.path, file])),
  };
}

type Check<Result> = (files: readonly ManifestFile[]) => Result;

/** Whether fixes have to be taken back. */
type Refuses<Result> = (state: State<Result>, next: State<Result>, fixes: readonly FileFix[]) => boolean;

function fixInRounds<Result extends Checked>(
  first: State<Result>,
  check: Check<Result>,
  refuses: Refuses<Result>,
): { readonly state: State<Result>; readonly fixed: number } {
  let state = first;
  let fixed = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const base = { ...state, fixes: [] };
    const fixes = withoutOverlaps(fileFixes(base.result.findings, base.files));
    state = fixes.length === 0 ? base : accept(base, base, fixes, limited(check), refuses);
    if (state.fixes.length === 0) break;
    fixed += state.fixes.length;
  }
  return { state, fixed };
}

/** More findings of a severity or a graver one. */
function isWorse(before: Checked, after: Checked): boolean {
  const upTo = ({ findings }: Checked, rank: number): number =>
    findings.filter(({ severity }) => RANK[severity] <= rank).length;
  return Object.values(RANK).some((rank) => upTo(after, rank) > upTo(before, rank));
}

/** Undefined when it has been asked too often. */
function limited<Result>(check: Check<Result>): Check<Result | undefined> {
  let left = MOST_TRIALS;
  return (files) => (left-- > 0 ? check(files) : undefined);
}

interface State<Result> {
  readonly files: readonly ManifestFile[];
  readonly result: Result;
  /** What has been applied to the files of the round. */
  readonly fixes: readonly FileFix[];
}

/** Applies as many fixes as are good: all at once, or, if that is not good, one half after the other. */
function accept<Result extends Checked>(
  base: State<Result>,
  state: State<Result>,
  fixes: readonly FileFix[],
  check: Check<Result | undefined>,
  refuses: Refuses<Result>,
): State<Result> {
  const all = [...state.fixes, ...fixes];
  const files = fixedFiles(base.files, all);
  const result = files && check(files);
  if (files !== undefined && result === undefined) return state;
  const next = files && result && { files, result, fixes: all };
  if (next !== undefined && !refuses(state, next, fixes)) return next;
  if (fixes.length === 1) return state;
  const isSuspect = next === undefined ? () => false : isNear(newFindings(state, next, fixes));
  const suspects = fixes.filter(isSuspect);
  const [first, second] =
    suspects.length > 0 && suspects.length < fixes.length
      ? [fixes.filter((fix) => !isSuspect(fix)), suspects]
      : [fixes.slice(0, fixes.length / 2), fixes.slice(fixes.length / 2)];
  return accept(base, accept(base, state, first, check, refuses), second, check, refuses);
}

/** Undefined if a document would not say what is meant. */
function fixedFiles(files: readonly ManifestFile[], fixes: readonly FileFix[]): ManifestFile[] | undefined {
  const byFile = new Map<string, FileFix[]>();
  for (const fix of fixes) {
    const own = byFile.get(fix.file);
    if (own === undefined) byFile.set(fix.file, [fix]);
    else own.push(fix);
  }
  const all: ManifestFile[] = [];
  for (const file of files) {
    const own = byFile.get(file.path);
    const fixed = own === undefined ? file : fixedFile(file, own);
    if (fixed === undefined) return undefined;
    all.push(fixed);
  }
  return all;
}

function fixedFile(file: ManifestFile, fixes: readonly FileFix[]): ManifestFile | undefined {
  const { text, original, originalOffset } = decodeText(file.bytes);
  const edits = fixes.flatMap((fix) => fix.edits);
  if (!saysWhatIsMeant(text, applyTextEdits(text, edits), fixes)) return undefined;
  const inOriginal = edits.map((edit) => ({
    start: originalOffset(edit.start),
    end: originalOffset(edit.end),
    text: edit.text,
  }));
  return { ...file, bytes: new TextEncoder().encode(applyTextEdits(original, inOriginal)) };
}

/** Fixes whose characters no other fix before them touches; the others wait for the next round. */
function withoutOverlaps(fixes: readonly FileFix[]): FileFix[] {
  const start = ({ edits }: FileFix): number => edits[0].start;
  const end = ({ edits }: FileFix): number => edits[edits.length - 1].end;
  const sorted = [...fixes].sort((a, b) => compareText(a.file, b.file) || start(a) - start(b) || end(a) - end(b));
  const chosen: FileFix[] = [];
  for (const fix of sorted) {
    const last = chosen.at(-1);
    if (last?.file !== fix.file || start(fix) > end(last)) chosen.push(fix);
  }
  return chosen;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Findings beyond those of the same rule that the object had before, without the fixed ones. */
function newFindings<Result extends Checked>(
  before: State<Result>,
  after: State<Result>,
  fixes: readonly FileFix[],
): Finding[] {
  const known = new Map<string, number>();
  const add = (finding: Finding, count: number): void => {
    known.set(subject(finding), (known.get(subject(finding)) ?? 0) + count);
  };
  for (const finding of before.result.findings) add(finding, 1);
  const fixedSubjects = new Set(fixes.map(({ finding }) => subject(finding)));
  for (const { finding } of fixes) add(finding, -1);
  return after.result.findings.filter((finding) => {
    const left = known.get(subject(finding)) ?? 0;
    known.set(subject(finding), left - 1);
    return left <= 0 && (finding.fix === undefined || fixedSubjects.has(subject(finding)));
  });
}

/** A fix may correct the kind or the namespace of an object; its name stays. */
function subject({ code, object, origin }: Finding): string {
  return JSON.stringify([code, object?.name, origin?.file]);
}

function isBad(fixes: readonly FileFix[]): (finding: Finding) => boolean {
  const mildest = Math.max(...fixes.map(({ finding }) => RANK[finding.severity]));
  return ({ severity }) => RANK[severity] <= mildest;
}

/** Whether a fix is in a file of one of the findings. */
function isNear(findings: readonly Finding[]): (fix: FileFix) => boolean {
  const files = new Set(
    findings.flatMap(({ origin, related }) => [origin?.file, ...related.map((other) => other.origin?.file)]),
  );
  return ({ file }) => files.has(file);
}
