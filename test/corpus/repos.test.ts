import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { kustomizeFiles } from '../../lib/manifests/kustomize/files';
import { kustomizationOf } from '../../lib/manifests/kustomize/kustomization';
import { renderKustomization } from '../../lib/manifests/kustomize/render';
import { readManifests } from '../../lib/manifests';
import { inTemporaryFolders } from '../temporary-folders';
import { sortedTexts } from '../manifests/kustomize/sorted-texts';
import { CORPUS, describeCorpus } from './corpus';

/** Repositories as people have them, judged as their README.md says. */

interface Place {
  readonly file: string;
  readonly line: number | null;
}

interface Answer extends Place {
  readonly object: string;
  readonly problem: string;
  readonly also?: readonly Place[];
  readonly rules?: readonly string[];
}

interface Expected {
  readonly errors: readonly Answer[];
  readonly warnings: readonly Answer[];
  readonly never: readonly { file?: string; object?: string; why: string; atMost?: 'warning' }[];
  readonly maxFindings: number;
  readonly links?: readonly { path: string; target: string }[];
}

interface Ref {
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

interface Found {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly object: Ref | null;
  readonly origin: Place | null;
  readonly related: readonly { message: string; object: Ref | null; origin: Place | null }[];
}

const repos = join(CORPUS, 'repos');
const cases = existsSync(repos) ? readdirSync(repos).filter((name) => existsSync(join(repos, name, 'tree'))) : [];

describeCorpus('repositories as people have them', () => {
  const printed = inTemporaryFolders();

  test.each(cases)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(join(repos, name, 'expected.json'), 'utf8')) as Expected;
    cpSync(join(repos, name, 'tree'), '.', { recursive: true });
    for (const { path, target } of expected.links ?? []) {
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(target, path);
    }
    await main(['node', 'netloom', 'check', '.', '-o', 'json'], { version: '1.2.3', root: join(__dirname, '../..') });
    const { findings } = JSON.parse(printed.output()) as { findings: Found[] };
    expect(misses(findings, expected)).toEqual([]);
  });

  test.each(cases.flatMap(renderings))('%s is rendered as kustomize does', (_, directory, rendered) => {
    const files = kustomizeFiles((path) =>
      existsSync(path) && statSync(path).isFile() ? readFileSync(path) : undefined,
    );
    const kustomization = kustomizationOf(directory, files);
    const objects = kustomization === undefined ? [] : renderKustomization(kustomization, files).objects;
    const theirs = readManifests([{ path: rendered, bytes: readFileSync(rendered) }]).objects;
    expect(sortedTexts(objects)).toEqual(sortedTexts(theirs));
  });
});

function renderings(name: string): [string, string, string][] {
  const folder = join(repos, name, 'rendered');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((file) => {
    const root = file.replace(/\.yaml$/, '').replaceAll('__', '/');
    return [`${name}/${root}`, join(repos, name, 'tree', root), join(folder, file)];
  });
}

/** What is wrong with the findings, in words. */
function misses(findings: readonly Found[], expected: Expected): string[] {
  const entries = [
    ...expected.errors.map((entry) => ({ ...entry, isError: true })),
    ...expected.warnings.map((entry) => ({ ...entry, isError: false })),
  ];
  const loud = findings.filter(({ severity }) => severity !== 'info');
  const candidates = entries.map((entry) =>
    loud.flatMap((found, index) => (answers(found, entry, entry.isError) ? [index] : [])),
  );
  const answered = matching(candidates);
  const couldAnswer = new Set(candidates.flat());
  return [
    ...entries
      .filter((_, index) => !answered.has(index))
      .map(({ file, line, problem }) => `missed: ${file}:${line ?? ''} ${problem}`),
    ...loud.flatMap((found, index) =>
      couldAnswer.has(index)
        ? []
        : expected.never
            .filter((never) => violates(found, never))
            .map(({ why }) => `must not be said (${why}): ${textOf(found)}`),
    ),
    ...(loud.length > expected.maxFindings
      ? [`${loud.length} findings, at most ${expected.maxFindings}: ${loud.map(textOf).join(' | ')}`]
      : []),
  ];
}

function textOf({ code, message, origin }: Found): string {
  return `${code} ${origin?.file ?? ''}:${origin?.line ?? ''} ${message}`;
}

/** The entries that have a finding of their own, in the largest matching. */
function matching(candidates: readonly (readonly number[])[]): ReadonlySet<number> {
  const entryOf = new Map<number, number>();
  const assign = (entry: number, seen: Set<number>): boolean => {
    for (const found of candidates[entry]) {
      if (seen.has(found)) continue;
      seen.add(found);
      const other = entryOf.get(found);
      if (other !== undefined && !assign(other, seen)) continue;
      entryOf.set(found, entry);
      return true;
    }
    return false;
  };
  for (const entry of candidates.keys()) assign(entry, new Set());
  return new Set(entryOf.values());
}

function answers(found: Found, entry: Answer, isError: boolean): boolean {
  if (isError && found.severity !== 'error') return false;
  if (found.code.startsWith('NL9') && !entry.rules?.includes(found.code)) return false;
  if (entry.rules !== undefined && !entry.rules.includes(found.code)) return false;
  const places: Place[] = [entry, ...(entry.also ?? [])];
  const named = names(found, entry.object);
  return places.some(
    ({ file, line }) =>
      (found.origin?.file === file && (found.origin.line === line || named)) ||
      found.related.some(({ origin }) => origin?.file === file && (line === null ? named : origin.line === line)),
  );
}

/** Whether it is about an object, or its message names it. kustomize adds prefixes and suffixes. */
function names({ object, message, related }: Found, wanted: string): boolean {
  const name = wanted.slice(wanted.lastIndexOf('/') + 1);
  return (
    isNamed(object, wanted) ||
    [message, ...related.map((other) => other.message)].some((text) =>
      new RegExp(`(?:^|[^a-z0-9])${name}(?:[^a-z0-9]|$)`).test(text),
    )
  );
}

/** `NAME`, `NAMESPACE/NAME`, `KIND/NAME` or `KIND NAMESPACE/NAME`. */
function isNamed(object: Ref | null, wanted: string): boolean {
  if (object === null) return false;
  const { kind, namespace, name } = object;
  const match = /^(?:(\S+) )?(?:([^/]+)\/)?(.+)$/.exec(wanted);
  const parts: readonly (string | undefined)[] = match ?? [];
  const [, wantedKind, scope, wantedName = ''] = parts;
  const isSame = name === wantedName || name.endsWith(`-${wantedName}`) || name.startsWith(`${wantedName}-`);
  const isInScope = scope === undefined || scope === namespace || scope === kind;
  return isSame && isInScope && (wantedKind === undefined || wantedKind === kind);
}

function violates(found: Found, never: Expected['never'][number]): boolean {
  if (never.atMost === 'warning' && found.severity !== 'error') return false;
  if (never.file !== undefined) return found.origin?.file === never.file;
  return never.object !== undefined && isExactly(found.object, never.object);
}

function isExactly(object: Ref | null, wanted: string): boolean {
  return (
    isNamed(object, wanted) &&
    object?.name ===
      wanted
        .slice(wanted.lastIndexOf('/') + 1)
        .split(' ')
        .at(-1)
  );
}
