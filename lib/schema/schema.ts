export type SchemaType = 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';

/** `x-kubernetes-validations`: an expression in CEL that holds. */
export interface SchemaRule {
  readonly rule: string;
  /** It refuses what an older version of the API, or its other channel, takes. */
  readonly stricter?: true;
  /** What a CRD of the user's own says of it. */
  readonly message?: string;
}

/** The minor versions of Kubernetes between which a field is there. */
export interface FieldLife {
  /** @default - as long as is known */
  readonly since?: number;
  /** The last one. @default - it is still there */
  readonly until?: number;
}

/**
 * The structure of a value, as OpenAPI v3 and the structural schemas of CRDs say it, without their prose. What is absent is not asked for.
 */
export interface Schema {
  readonly type?: SchemaType;
  /** A number or a text (`x-kubernetes-int-or-string`). */
  readonly intOrString?: true;
  readonly nullable?: true;
  readonly fields?: ReadonlyMap<string, Schema>;
  /** Of fields that not every version has. */
  readonly lives?: ReadonlyMap<string, FieldLife>;
  readonly required?: readonly string[];
  /** Of a mapping whose keys are for the author to choose. */
  readonly values?: Schema;
  /** Other fields may be there too (`x-kubernetes-preserve-unknown-fields`). */
  readonly open?: true;
  readonly items?: Schema;
  /** The fields by which the items of a list are told apart. */
  readonly keys?: readonly string[];
  /** A list whose items are all different. */
  readonly distinct?: true;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  /** That of an older version of the API, which takes more. Empty where it had none. */
  readonly olderPattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** An older version of the API takes items in a list that has to be empty now. */
  readonly withdrawn?: true;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly default?: unknown;
  readonly all?: readonly Schema[];
  readonly any?: readonly Schema[];
  readonly one?: readonly Schema[];
  readonly not?: Schema;
  readonly rules?: readonly SchemaRule[];
  /** Whether there are rules here or below. */
  readonly ruled?: true;
  /** Whether an absent value here or below has a default. */
  readonly defaulted?: true;
  /** The fields of which that holds. */
  readonly defaults?: readonly (readonly [field: string, schema: Schema])[];
}

/** The same, with what the walk asks of schemas, once those inside of it have it. */
export function marked(schema: Schema): Schema {
  const parts = [...(schema.fields?.values() ?? [])];
  if (schema.values !== undefined) parts.push(schema.values);
  if (schema.items !== undefined) parts.push(schema.items);
  const isRuled = schema.rules !== undefined || parts.some(({ ruled }) => ruled);
  const isDefaulted = parts.some(hasDefault);
  const defaults = [...(schema.fields ?? [])].filter(([, part]) => hasDefault(part));
  return {
    ...schema,
    ...(isRuled && { ruled: true }),
    ...(isDefaulted && { defaulted: true }),
    ...(defaults.length > 0 && { defaults }),
  };
}

function hasDefault(part: Schema): boolean {
  return part.defaulted === true || part.default !== undefined;
}

/** A schema in which every value is right. */
export const ANYTHING: Schema = {};
