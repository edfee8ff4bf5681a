import { list, member, record, text } from '../model/json';
import { ANYTHING, marked, type Schema, type SchemaRule, type SchemaType } from './schema';
import { namesDeclaredFields } from './rule-fields';

const TYPES: ReadonlySet<unknown> = new Set<SchemaType>(['array', 'boolean', 'integer', 'number', 'object', 'string']);

const LIMITS = [
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

/** Fields that every object has. Another rule looks at their values. */
const METADATA: Schema = {
  type: 'object',
  fields: new Map(
    [
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
    ].map((field) => [field, ANYTHING]),
  ),
};

/** The schema of the objects of a kind, from `openAPIV3Schema` of a CRD or a definition of Kubernetes without references. */
export function objectSchema(openapi: unknown): Schema {
  return withObjectFields(readSchema(openapi));
}

/** The API server sets the status, and looks at `metadata` by itself. */
export function withObjectFields(schema: Schema): Schema {
  const { fields = new Map<string, Schema>(), ...rest } = schema;
  return marked({
    ...rest,
    type: 'object',
    fields: new Map([
      ['apiVersion', ANYTHING],
      ['kind', ANYTHING],
      ['metadata', METADATA],
      ...[...fields].filter(([field]) => !['apiVersion', 'kind', 'metadata', 'status'].includes(field)),
      ['status', ANYTHING],
    ]),
  });
}

/** Reads what a CRD says, whatever it says: what has no meaning is left out. */
export function readSchema(openapi: unknown): Schema {
  return read(openapi, new Map());
}

/** @param known What an anchor holds is read once. */
function read(openapi: unknown, known: Map<unknown, Schema>): Schema {
  if (record(openapi) === undefined) return ANYTHING;
  const found = known.get(openapi);
  if (found !== undefined) return found;
  known.set(openapi, ANYTHING);
  const inner = (key: string): Schema | undefined =>
    record(member(openapi, key)) === undefined ? undefined : read(member(openapi, key), known);
  const alternatives = (key: string): readonly Schema[] | undefined => {
    const found = list(member(openapi, key)).map((each) => read(each, known));
    return found.length === 0 ? undefined : found;
  };
  const type = member(openapi, 'type');
  const properties = record(member(openapi, 'properties'));
  const isEither = member(openapi, 'x-kubernetes-int-or-string') === true;
  const listType = member(openapi, 'x-kubernetes-list-type');
  const isEmbedded = member(openapi, 'x-kubernetes-embedded-resource') === true;
  const fields =
    properties && new Map(Object.entries(properties).map(([field, schema]) => [field, read(schema, known)] as const));
  const open = isEmbedded || member(openapi, 'x-kubernetes-preserve-unknown-fields') === true || undefined;
  const rules = list(member(openapi, 'x-kubernetes-validations'))
    .flatMap(ruleOf)
    .filter(({ rule }) => fields === undefined || open === true || namesDeclaredFields(rule, fields));
  const made = marked(
    withoutAbsent({
      type: !isEither && TYPES.has(type) ? (type as SchemaType) : undefined,
      intOrString: isEither || undefined,
      nullable: member(openapi, 'nullable') === true || undefined,
      fields,
      required: textsOf(member(openapi, 'required')),
      values:
        inner('additionalProperties') ?? (member(openapi, 'additionalProperties') === true ? ANYTHING : undefined),
      open,
      items: inner('items'),
      keys: listType === 'map' ? textsOf(member(openapi, 'x-kubernetes-list-map-keys')) : undefined,
      distinct: listType === 'set' || member(openapi, 'uniqueItems') === true || undefined,
      enum: Array.isArray(member(openapi, 'enum')) ? list(member(openapi, 'enum')) : undefined,
      pattern: text(member(openapi, 'pattern')),
      format: text(member(openapi, 'format')),
      ...Object.fromEntries(
        LIMITS.map((limit) => [limit, member(openapi, limit)] as const).filter(
          ([, value]) => typeof value === 'number',
        ),
      ),
      default: member(openapi, 'default'),
      // What is either a number or a text is said by a mark of its own.
      all: alternatives('allOf'),
      any: isEither ? undefined : alternatives('anyOf'),
      one: alternatives('oneOf'),
      not: inner('not'),
      rules: rules.length === 0 ? undefined : rules,
    }),
  );
  known.set(openapi, made);
  return made;
}

function textsOf(value: unknown): readonly string[] | undefined {
  const found = list(value).filter((item) => typeof item === 'string');
  return found.length === 0 ? undefined : found;
}

/** A rule about a change says nothing about an object alone. */
function ruleOf(value: unknown): readonly SchemaRule[] {
  const rule = text(member(value, 'rule'));
  if (rule === undefined || /\boldSelf\b/.test(rule)) return [];
  return [withoutAbsent({ rule, message: text(member(value, 'message')) })];
}

/** Without what is not said. */
function withoutAbsent<T extends object>(all: T): T {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
}
