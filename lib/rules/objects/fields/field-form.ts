/** The fields of a mapping. `null` stands for a value that no form is asked of here: a rule of its own looks at it, or none has to. */
export interface KnownFields {
  readonly [field: string]: FieldForm;
}

export type ScalarForm = 'text' | 'number' | 'boolean';

/** A value, a mapping, or a list of them. */
export type FieldForm = null | ScalarForm | KnownFields | readonly [FieldForm];

export function isListForm(form: FieldForm): form is readonly [FieldForm] {
  return Array.isArray(form);
}

/** Stands in a mapping of which only some fields are looked at. */
export const ANY_OTHER = '*';

export function values(...fields: readonly string[]): Readonly<Record<string, null>> {
  return Object.fromEntries(fields.map((field) => [field, null]));
}

export function scalars(form: ScalarForm, ...fields: readonly string[]): Readonly<Record<string, ScalarForm>> {
  return Object.fromEntries(fields.map((field) => [field, form]));
}

/** A list whose items a rule of its own looks at. */
export const ANY_LIST: FieldForm = [null];

export const OBJECT: KnownFields = {
  ...values('apiVersion', 'kind', 'status'),
  metadata: values(
    'annotations',
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'finalizers',
    'generateName',
    'generation',
    'labels',
    'managedFields',
    'name',
    'namespace',
    'ownerReferences',
    'resourceVersion',
    'selfLink',
    'uid',
  ),
};

export const LABEL_SELECTOR: KnownFields = {
  matchLabels: null,
  matchExpressions: [values('key', 'operator', 'values')],
};

/** By `apiVersion kind`: other versions have other fields. */
export type FieldsByKind = Readonly<Record<string, KnownFields>>;

/** The same fields in each of the versions. */
export function inVersions(versions: readonly string[], kind: string, fields: KnownFields): FieldsByKind {
  return Object.fromEntries(versions.map((version) => [`${version} ${kind}`, fields]));
}
