import { type FieldEdit, finding, type Finding, type ObjectRef } from '../finding/finding';
import { at, member, nonEmpty, record, text } from '../model/json';
import { flatMap } from '../model/lists';
import { apiGroup, fixOf, isClusterScoped, modelObject, type SourceObject } from '../model/source-object';
import { kindProblem, needsName, onlyApiVersion } from './known-kinds';
import { INCOMPLETE_IDENTITY, UNKNOWN_KIND, WRONG_API_GROUP } from './rules';

/** The object as far as it is known: what is missing is `(unknown)`. */
export function objectRef(source: SourceObject): ObjectRef {
  const known = modelObject(source)?.ref;
  if (known !== undefined) return known;
  const apiVersion = text(member(source.manifest, 'apiVersion')) ?? UNKNOWN;
  const kind = text(member(source.manifest, 'kind')) ?? UNKNOWN;
  const namespace = nonEmpty(at(source.manifest, 'metadata', 'namespace')) ?? 'default';
  return {
    apiVersion,
    kind,
    namespace: isClusterScoped(apiVersion, kind) ? null : namespace,
    name: nonEmpty(at(source.manifest, 'metadata', 'name')) ?? UNKNOWN,
  };
}

const UNKNOWN = '(unknown)';

/** Whether rules can do anything with it. */
export function hasHeader({ manifest }: SourceObject): boolean {
  return text(member(manifest, 'apiVersion')) !== undefined && text(member(manifest, 'kind')) !== undefined;
}

const NONE: readonly Finding[] = [];

/** What is wrong with the header and the name of an object. */
export function identityFindings(source: SourceObject): readonly Finding[] {
  const incomplete = isComplete(source) ? NONE : missingFields(source);
  return incomplete.length > 0 ? incomplete : kindFindings(source);
}

/** Whether all that identifies an object is there. */
export function isComplete({ manifest }: SourceObject): boolean {
  const metadata = member(manifest, 'metadata');
  const namespace = member(metadata, 'namespace');
  const isText = (value: unknown): boolean => nonEmpty(value) !== undefined;
  return (
    isText(member(manifest, 'apiVersion')) &&
    isText(member(manifest, 'kind')) &&
    isText(member(metadata, 'name')) &&
    (namespace === undefined || typeof namespace === 'string')
  );
}

interface Field {
  readonly path: readonly string[];
  readonly isNeeded: boolean;
  readonly example: string;
}

function missingFields(source: SourceObject): readonly Finding[] {
  const { manifest } = source;
  if (record(manifest) === undefined) {
    return [
      incompleteFinding(
        source,
        [],
        `an item of a list is ${typeName(manifest)}, not an object`,
        'write an object, with apiVersion, kind and metadata',
      ),
    ];
  }
  const kind = text(member(manifest, 'kind')) ?? '';
  const hasName = needsName(apiGroup(text(member(manifest, 'apiVersion')) ?? ''), kind);
  const isGenerated = nonEmpty(at(manifest, 'metadata', 'generateName')) !== undefined;
  const fields: Field[] = [
    { path: ['apiVersion'], isNeeded: true, example: 'v1' },
    { path: ['kind'], isNeeded: true, example: 'Service' },
    { path: ['metadata', 'name'], isNeeded: hasName && !isGenerated, example: 'web' },
    { path: ['metadata', 'namespace'], isNeeded: false, example: 'shop' },
  ];
  return flatMap(fields, ({ path, isNeeded, example }) => {
    const field = path.join('.');
    const value = at(manifest, ...path);
    const isAbsent = value === undefined || value === null || value === '';
    if (isAbsent) {
      const fix = field === 'apiVersion' && value === undefined ? withApiVersion(kind) : undefined;
      return isNeeded
        ? [incompleteFinding(source, path, `${field} is missing`, `write ${field}, such as ${example}`, fix)]
        : [];
    }
    if (typeof value === 'string') return [];
    const help =
      typeof value === 'object' ? `write text, such as ${example}` : `put it in quotes: "${JSON.stringify(value)}"`;
    return [
      incompleteFinding(
        source,
        path,
        `${field} is ${typeName(value)}, and the API server takes nothing but text here`,
        help,
        path.length > 1 && typeof value !== 'object' ? [{ field: path, quote: true }] : undefined,
      ),
    ];
  });
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  return `the ${typeof value} ${JSON.stringify(value)}`;
}

function withApiVersion(kind: string): FieldEdit[] | undefined {
  const apiVersion = onlyApiVersion(kind);
  return apiVersion === undefined ? undefined : [{ field: ['kind'], insert: { key: 'apiVersion', value: apiVersion } }];
}

function incompleteFinding(
  source: SourceObject,
  path: readonly string[],
  message: string,
  help: string,
  fix?: readonly FieldEdit[],
): Finding {
  return finding(INCOMPLETE_IDENTITY, {
    message,
    help,
    ...source.wording?.({ code: INCOMPLETE_IDENTITY.code, field: path, message, help }),
    object: objectRef(source),
    origin: source.locate(path),
    fix: fixOf(source.source, fix),
  });
}

const API_VERSION = /^(?:[^/\s]+\/)?[^/\s]+$/;

function kindFindings(source: SourceObject): readonly Finding[] {
  const apiVersion = text(member(source.manifest, 'apiVersion')) ?? '';
  const kind = text(member(source.manifest, 'kind')) ?? '';
  if (!API_VERSION.test(apiVersion)) {
    return [
      finding(WRONG_API_GROUP, {
        message: `apiVersion ${JSON.stringify(apiVersion)} is not of the form VERSION or GROUP/VERSION`,
        help: 'write it as in v1 or apps/v1',
        object: objectRef(source),
        origin: source.locate(['apiVersion']),
      }),
    ];
  }
  const problem = kindProblem(apiGroup(apiVersion), apiVersion.slice(apiVersion.indexOf('/') + 1), kind);
  if (problem === undefined) return NONE;
  if (problem.is === 'misspelled') {
    return [
      finding(UNKNOWN_KIND, {
        message: `${apiVersion} has no kind ${kind}; did you mean ${problem.meant}?`,
        help: `write kind: ${problem.meant} (kinds are case sensitive)`,
        object: objectRef(source),
        origin: source.locate(['kind']),
        fix: fixOf(source.source, problem.sure ? [{ field: ['kind'], set: problem.meant }] : undefined),
      }),
    ];
  }
  const written = problem.apiVersions.join(' or ');
  return [
    finding(WRONG_API_GROUP, {
      message: `apiVersion ${apiVersion} has no kind ${kind}${written === '' ? '' : `; did you mean ${written}?`}`,
      help: written === '' ? 'write the apiVersion that the kind belongs to' : `write apiVersion: ${written}`,
      object: objectRef(source),
      origin: source.locate(['apiVersion']),
      fix: fixOf(source.source, inGroupOf(apiVersion, problem.apiVersions)),
    }),
  ];
}

/** Only where the version stays the same, and so the fields do. */
function inGroupOf(apiVersion: string, meant: readonly string[]): FieldEdit[] | undefined {
  const version = (text: string): string => text.slice(text.indexOf('/') + 1);
  if (meant.length !== 1 || version(meant[0]) !== version(apiVersion)) return undefined;
  return [{ field: ['apiVersion'], set: meant[0] }];
}
