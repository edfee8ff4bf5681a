import { below } from '../../model';
import { nearestWord } from '../../plan';
import type { Schema } from '../../schema/schema';
import { type Fault, schemaProblems } from '../../schema/walk';
import { hasInvisibleEnds } from '../../syntax/invisible-characters';
import { shown } from '../field-problem';
import { type JudgedKind, judgedObjects, knownMinor, placesOfFields } from '../structure/judged-objects';
import type { NetworkRule } from '../network-rule';

/** No field is longer; a longer key is not compared with them. */
const LONGEST_FIELD = 64;

/** More of them would hide the one that was meant. */
const MOST_PLACES = 3;

/**
 * The API server drops a field that it does not know, unless it is asked to be strict, as kubectl does (KEP-2885). An error where it is
 * certain that another field was meant, or which fields there are; a warning where it may be a field of a later version.
 */
export const unknownField: NetworkRule = {
  code: 'NL920',
  slug: 'unknown-field',
  fixable: true,
  severity: 'error',
  layer: 'object',
  ofFieldNames: true,
  title: 'An object has a field that its kind does not have',
  check(model, report) {
    const minor = knownMinor(model);
    for (const { object, kind, problems } of judgedObjects(model)) {
      for (const { path, schema, fault } of problems) {
        if (fault.kind !== 'unknown' || hasInvisibleEnds(fault.field)) continue;
        const { field, siblings } = fault;
        // The metadata are of Kubernetes, whose version is known; of a plugin or of the Gateway API it is not.
        const isOfKubernetes = kind.api === 'Kubernetes' || path.at(0) === 'metadata';
        const isCertain = kind.definedBy !== undefined || (isOfKubernetes && minor !== undefined);
        const known = [...(schema.fields?.keys() ?? [])].filter((name) => name !== field);
        const places = placesOfFields(kind.schema);
        const life = minor === undefined ? undefined : otherVersions(fault, schema);
        const meant = life === undefined ? onlyField(field, known, places) : undefined;
        const help = life ?? whatWasMeant(field, known, places);
        report({
          on: object,
          field: below(path, field),
          part: 'key',
          message: `${object.ref.kind} has no field ${below(path, shown(field)).join('.')}${life === undefined ? '' : ` in Kubernetes 1.${minor}`}: kubectl refuses it, and other clients have it dropped silently`,
          help: help ?? lookUp(kind),
          ...(help === undefined && !isCertain && { severity: 'warning' }),
          ...(meant !== undefined &&
            fits(siblings, field, meant, schema) && { fix: [{ field: below(path, field), rename: meant }] }),
        });
      }
    }
  },
};

/** Whether the value can stand under the other name, where nothing stands yet: a fix must not trade one error for another. */
function fits(siblings: object, field: string, meant: string, schema: Schema): boolean {
  const form = schema.fields?.get(meant);
  if (form === undefined || Object.hasOwn(siblings, meant)) return false;
  return schemaProblems(new Map(Object.entries(siblings)).get(field), form).length === 0;
}

function lookUp({ api, definedBy }: JudgedKind): string {
  return definedBy === undefined
    ? `remove it, or look it up in the API reference of your ${api} version`
    : `remove it, or add it to CustomResourceDefinition ${definedBy.ref.name}`;
}

/** For a field that other versions of Kubernetes have. */
function otherVersions({ field }: Fault & { readonly kind: 'unknown' }, { lives }: Schema): string | undefined {
  const life = lives?.get(field);
  if (life === undefined) return undefined;
  return life.since === undefined
    ? `remove it: it is not there after Kubernetes 1.${life.until ?? 0}`
    : `remove it, or use Kubernetes 1.${life.since} or later, which has it`;
}

/** The one field that is near. A field of another mapping has the wrong place, not the wrong name. */
function onlyField(
  field: string,
  known: readonly string[],
  places: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (field.length > LONGEST_FIELD || places.has(field)) return undefined;
  const bare = withoutMarks(field);
  if (bare !== field) return known.includes(bare) ? bare : undefined;
  const nearest = nearestWord(field, known);
  if (nearest === null) return undefined;
  const others = nearestWord(
    field,
    known.filter((word) => word !== nearest),
  );
  return others === null || field.toLowerCase() === nearest.toLowerCase() ? nearest : undefined;
}

function withoutMarks(field: string): string {
  return field.replace(/^[^A-Za-z0-9]+|(?<![^A-Za-z0-9])[^A-Za-z0-9]+$/g, '');
}

/** Undefined when nothing speaks for another field. */
function whatWasMeant(
  field: string,
  known: readonly string[],
  places: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (field.length > LONGEST_FIELD) return undefined;
  const bare = withoutMarks(field);
  if (bare !== field) {
    return bare === ''
      ? 'remove it: there is no letter in the name'
      : `write ${bare}: it begins or ends with something that is no letter`;
  }
  // A list beside it is nearer than a field that has the very name somewhere else.
  const otherNumber = known.find((word) => word === `${field}s` || `${word}s` === field);
  if (otherNumber !== undefined) return `did you mean ${otherNumber}?`;
  const elsewhere = places.get(field);
  if (elsewhere !== undefined) return `${field} is a field of ${placesText(elsewhere)}: check the indentation`;
  if (known.includes('matchLabels')) return `labels belong under matchLabels: write matchLabels: { ${field}: … }`;
  const near = nearestWord(field, known);
  return near === null ? undefined : `did you mean ${near}?`;
}

function placesText(paths: readonly string[]): string {
  const places = [...new Set(paths)].map((path) => (path === '' ? 'the object itself' : path));
  return places.length > MOST_PLACES ? `${places.slice(0, MOST_PLACES).join(', ')} and others` : places.join(' and ');
}
