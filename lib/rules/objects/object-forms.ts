import { type FieldPath, flatMap, type ModelObject, record } from '../../model';
import { perModel } from '../../model/per-model';
import { ANY_OTHER, type FieldForm, isListForm, type KnownFields } from './fields/field-form';
import { type KnownKind, knownKindOf } from './known-fields';
import { hasInvisibleEnds } from '../../syntax/invisible-characters';

/** A field that its mapping does not have. */
export interface StrangeField {
  readonly path: FieldPath;
  readonly field: string;
  /** The fields that stand beside it. */
  readonly siblings: object;
  readonly known: readonly string[];
}

/** A value of another form than its field has. */
export interface StrangeValue {
  readonly path: FieldPath;
  readonly value: unknown;
  readonly form: Exclude<FieldForm, null>;
}

export interface StrangeObject {
  readonly object: ModelObject;
  readonly kind: KnownKind;
  readonly fields: readonly StrangeField[];
  readonly values: readonly StrangeValue[];
}

/** What does not have the form that its kind has. Several rules ask for it, and every object is walked through once. */
export const strangeObjects = perModel(({ objects }): readonly StrangeObject[] =>
  flatMap(objects, (object) => {
    const kind = knownKindOf(object);
    if (kind === undefined) return [];
    const fields: StrangeField[] = [];
    const values: StrangeValue[] = [];
    visit(object.manifest, kind.fields, [], fields, values);
    return fields.length === 0 && values.length === 0 ? [] : [{ object, kind, fields, values }];
  }),
);

/** @param path Changes on the way, so that the many objects that are right cost no array for each of their fields. */
function visit(
  value: unknown,
  form: Exclude<FieldForm, null>,
  path: (string | number)[],
  fields: StrangeField[],
  values: StrangeValue[],
): void {
  if (value === undefined || value === null) return;
  if (!hasForm(value, form)) {
    values.push({ path: [...path], value, form });
  } else if (isListForm(form)) {
    const [each] = form;
    if (each === null) return;
    const items = value as readonly unknown[];
    for (let index = 0; index < items.length; index++) {
      path.push(index);
      visit(items[index], each, path, fields, values);
      path.pop();
    }
  } else if (typeof form === 'object') {
    visitFields(value as Readonly<Record<string, unknown>>, form, path, fields, values);
  }
}

function visitFields(
  mapping: Readonly<Record<string, unknown>>,
  form: KnownFields,
  path: (string | number)[],
  fields: StrangeField[],
  values: StrangeValue[],
): void {
  for (const field in mapping) {
    const inner = form[field];
    if (inner === null) continue;
    // Every mapping has members of its prototype too.
    if (typeof inner === 'string' || Object.hasOwn(form, field)) {
      path.push(field);
      visit(mapping[field], inner, path, fields, values);
      path.pop();
    } else if (!Object.hasOwn(form, ANY_OTHER) && !hasInvisibleEnds(field)) {
      fields.push({ path: [...path], field, siblings: mapping, known: Object.keys(form) });
    }
  }
}

function hasForm(value: unknown, form: Exclude<FieldForm, null>): boolean {
  switch (form) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return isListForm(form) ? Array.isArray(value) : record(value) !== undefined;
  }
}
