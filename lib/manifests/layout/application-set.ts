import { at, list, member, record, text } from '../../model/json';
import { concat, flatMap } from '../../model/lists';
import type { SourceObject } from '../../model/source-object';
import { compileGlob, GlobError } from '../glob';
import { ancestorsOf, folderOf, joined } from '../kustomize/kustomization';
import { pathsBelow } from './paths';

/** What git generators look at. */
export interface Repository {
  /** Every folder with a file in it, or in a folder of it, sorted. */
  readonly folderPaths: readonly string[];
  /** By path, sorted. */
  readonly documents: ReadonlyMap<string, readonly SourceObject[]>;
}

/** The parameters of one Application. */
export type Parameters = ReadonlyMap<string, string>;

/** Generators inside of generators. Argo CD takes fewer; more are no repository, but an attack. */
const DEEPEST = 4;

/** More Applications than this are no repository, but an attack. */
const MOST_COMBINATIONS = 10_000;

/**
 * What the generators of an ApplicationSet yield: lists, folders and files of the repository, and the combinations of these. What they ask of
 * clusters, of other repositories and of services is not known, and yields nothing (argo-cd, applicationset/generators).
 */
export function parametersOf(object: SourceObject, file: string, repository: Repository): readonly Parameters[] {
  return flatMap(list(at(object.manifest, 'spec', 'generators')), (generator) =>
    ofGenerator(generator, file, repository, DEEPEST),
  );
}

function ofGenerator(generator: unknown, file: string, repository: Repository, depth: number): readonly Parameters[] {
  if (depth === 0) return [];
  const git = member(generator, 'git');
  const inner = list(at(generator, 'matrix', 'generators')).map((part) =>
    ofGenerator(part, file, repository, depth - 1),
  );
  return concat(
    list(at(generator, 'list', 'elements')).map((element) => new Map(flattened(element))),
    ofFolders(list(member(git, 'directories')), file, repository),
    ofFiles(list(member(git, 'files')), file, repository),
    inner.length === 2 ? combined(inner[0], inner[1]) : [],
  );
}

function combined(one: readonly Parameters[], other: readonly Parameters[]): readonly Parameters[] {
  if (one.length * other.length > MOST_COMBINATIONS) return [];
  return flatMap(one, (left) => other.map((right) => new Map(concat([...left], [...right]))));
}

/** A `*` of a folder is a part of the path, and `**` is no more than that (`path.Match` of Go). */
function ofFolders(entries: readonly unknown[], file: string, { folderPaths }: Repository): readonly Parameters[] {
  const [wanted, unwanted] = patternsOf(entries, (pattern) => pattern.replaceAll('**', '*'));
  return inRepository(folderPaths, file, (path) => wanted(path) && !unwanted(path) && !isHidden(path)).paths.map(
    (path) => new Map(ofPath(path)),
  );
}

/** What a file says, and where it is. */
function ofFiles(entries: readonly unknown[], file: string, { documents }: Repository): readonly Parameters[] {
  const [wanted, unwanted] = patternsOf(entries, (pattern) => pattern);
  const found = inRepository([...documents.keys()], file, (path) => wanted(path) && !unwanted(path));
  return flatMap(found.paths, (path) =>
    flatMap(documents.get(joined(found.root, path)) ?? [], ({ manifest }) =>
      (Array.isArray(manifest) ? list(manifest) : [manifest]).map(
        (entry) => new Map(concat([...flattened(entry)], [...ofPath(folderOf(path))], [...ofFileName(path)])),
      ),
    ),
  );
}

function patternsOf(
  entries: readonly unknown[],
  read: (pattern: string) => string,
): readonly [(path: string) => boolean, (path: string) => boolean] {
  const matcher = (isExcluded: boolean): ((path: string) => boolean) => {
    const patterns = flatMap(entries, (entry) => {
      const path = text(member(entry, 'path'));
      return path === undefined || (member(entry, 'exclude') === true) !== isExcluded ? [] : [read(path)];
    });
    const matchers = flatMap(patterns, (pattern) => compiled(pattern) ?? []);
    return (path) => matchers.some((isMatch) => isMatch(path));
  };
  return [matcher(false), matcher(true)];
}

function compiled(pattern: string): ((path: string) => boolean) | undefined {
  try {
    return compileGlob(pattern);
  } catch (error) {
    if (error instanceof GlobError) return undefined;
    throw error;
  }
}

function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}

/** Paths from the root of the repository, which is the first folder above the file below which one matches. */
function inRepository(
  sorted: readonly string[],
  file: string,
  isMatch: (path: string) => boolean,
): { readonly root: string; readonly paths: readonly string[] } {
  for (const root of new Set(['.', ...ancestorsOf(file)])) {
    const below = root === '.' ? 0 : root.length + 1;
    const found = pathsBelow(sorted, root)
      .map((path) => path.slice(below))
      .filter(isMatch);
    if (found.length > 0) return { root, paths: found };
  }
  return { root: '.', paths: [] };
}

/** As fasttemplate (`path`, `path.basename`) and as Go templates (`.path.path`) name them. */
function* ofPath(path: string): Generator<[string, string]> {
  const segments = path.split('/');
  const name = segments[segments.length - 1];
  yield ['path', path];
  yield ['path.path', path];
  yield ['path.basename', name];
  yield ['path.basenameNormalized', normalized(name)];
  for (const [index, segment] of segments.entries()) {
    yield [`path[${index}]`, segment];
    yield [`index .path.segments ${index}`, segment];
  }
}

function* ofFileName(path: string): Generator<[string, string]> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  yield ['path.filename', name];
  yield ['path.filenameNormalized', normalized(name)];
}

/** As a label may be (argo-cd, `utils.SanitizeName`). */
function normalized(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .replace(/^[-.]+/, '')
    .replace(/(?<![-.])[-.]+$/, '');
}

function* flattened(element: unknown, prefix = ''): Generator<[string, string]> {
  for (const [name, value] of Object.entries(record(element) ?? {})) {
    if (typeof value === 'object') yield* flattened(value, `${prefix}${name}.`);
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      yield [`${prefix}${name}`, String(value)];
  }
}
