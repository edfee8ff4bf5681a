/** The fields of a mapping. `null` stands for a value whose inside is not looked at: texts, numbers, maps with any keys. */
export interface KnownFields {
  readonly [field: string]: FieldForm;
}

/** A value, a mapping, or a list of mappings. */
export type FieldForm = null | KnownFields | readonly [KnownFields];

/** Stands in a mapping of which only some fields are looked at. */
export const ANY_OTHER = '*';

export function values(...fields: readonly string[]): Readonly<Record<string, null>> {
  return Object.fromEntries(fields.map((field) => [field, null]));
}

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
