import { below } from '../../model';
import { nearestWord } from '../../plan';
import { placesOfFields } from './known-fields';
import { strangeObjects } from './object-forms';
import { shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** No field is longer; a longer key is not compared with them. */
const LONGEST_FIELD = 64;

/** More of them would hide the one that was meant. */
const MOST_PLACES = 3;

/**
 * The API server drops a field that it does not know, unless it is asked to be strict, as kubectl does (KEP-2885). An error
 * where it is certain that another field was meant; a warning where it may be a field of a later version.
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
    for (const { object, kind, fields } of strangeObjects(model)) {
      if (fields.length === 0) continue;
      const { api } = kind;
      const places = placesOfFields(kind.fields);
      for (const { path, field, known, siblings } of fields) {
        const meant = onlyField(field, known, places);
        const help = whatWasMeant(field, known, places);
        report({
          on: object,
          field: below(path, field),
          part: 'key',
          message: `${object.ref.kind} has no field ${below(path, shown(field)).join('.')}: kubectl refuses it, and other clients have it dropped silently`,
          help: help ?? `remove it, or look it up in the API reference of your ${api} version`,
          ...(help === undefined && { severity: 'warning' }),
          ...(meant !== undefined &&
            !Object.hasOwn(siblings, meant) && { fix: [{ field: below(path, field), rename: meant }] }),
        });
      }
    }
  },
};

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
