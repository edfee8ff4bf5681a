import { isIpv4Mapped, readIpAddress, readMaskedCidr } from '../model/address-text';
import { record } from '../model/json';
import { below, type FieldPath } from '../model/source-object';
import { own } from '../syntax/own-member';
import { celCheck } from './cel';
import { equalValues } from './cel-values';
import { withDefaults } from './defaults';
import { patternTest } from './patterns';
import type { Schema, SchemaRule } from './schema';

/** What is wrong with a value, or with a field of it. */
export type Fault =
  | { readonly kind: 'unknown'; readonly field: string; readonly siblings: object }
  | { readonly kind: 'required'; readonly field: string }
  | { readonly kind: 'rule'; readonly rule: SchemaRule }
  | { readonly kind: 'repeated'; readonly first: number }
  | { readonly kind: 'alternatives'; readonly of: 'all' | 'any' | 'one' | 'not' }
  | {
      readonly kind:
        | 'type'
        | 'null'
        | 'enum'
        | 'pattern'
        | 'format'
        | 'minimum'
        | 'maximum'
        | 'minLength'
        | 'maxLength'
        | 'minItems'
        | 'maxItems'
        | 'minProperties'
        | 'maxProperties';
    };

export interface SchemaProblem {
  readonly path: FieldPath;
  readonly value: unknown;
  readonly schema: Schema;
  readonly fault: Fault;
}

export interface WalkOptions {
  /** The minor version of Kubernetes. @default - a field of any version is known */
  readonly minor?: number;
}

/** What the walk carries along. The path changes on the way, so that the many values that are right cost no array for each of their fields. */
interface Walk {
  readonly path: (string | number)[];
  readonly problems: SchemaProblem[];
  readonly minor: number | undefined;
  /** Values of which rules have no answer. */
  readonly blocked?: readonly Blocked[];
}

interface Blocked {
  readonly path: FieldPath;
  /** Only what asks for that field. @default - all rules */
  readonly field?: string;
}

function report({ path, problems }: Walk, value: unknown, schema: Schema, fault: Fault): void {
  problems.push({ path: below(path), value, schema, fault });
}

/** All that is wrong with a value. Rules of CEL are asked of what has the right structure: of the rest they have no answer. */
export function schemaProblems(value: unknown, schema: Schema, options: WalkOptions = {}): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const walk: Walk = { path: [], problems, minor: options.minor };
  visit(value, schema, walk);
  if (schema.ruled) {
    const blocked = problems.flatMap(blockedBy);
    visitRules(withDefaults(value, schema), schema, { ...walk, blocked });
  }
  return problems;
}

/** Where a value is not of its type a rule cannot be evaluated, nor where a field is absent of which it speaks. */
function blockedBy({ path, fault }: SchemaProblem): readonly Blocked[] {
  if (fault.kind === 'required') return [{ path, field: fault.field }];
  return fault.kind === 'type' || fault.kind === 'null' ? [{ path }] : [];
}

function visit(value: unknown, schema: Schema, walk: Walk): void {
  if (value === undefined || (value === null && schema.nullable)) return;
  if (value === null) {
    if (schema.type !== undefined || schema.intOrString) report(walk, value, schema, { kind: 'null' });
    return;
  }
  if (!isOfType(value, schema)) {
    report(walk, value, schema, { kind: 'type' });
    return;
  }
  if (typeof value === 'string') visitText(value, schema, walk);
  else if (typeof value === 'number') visitNumber(value, schema, walk);
  else if (Array.isArray(value)) visitItems(value, schema, walk);
  else if (typeof value === 'object') visitFields(value as Readonly<Record<string, unknown>>, schema, walk);
  if (schema.enum !== undefined && !isAmong(value, schema.enum)) report(walk, value, schema, { kind: 'enum' });
  if (schema.all ?? schema.any ?? schema.one ?? schema.not) visitAlternatives(value, schema, walk);
}

function isAmong(value: unknown, words: readonly unknown[]): boolean {
  return words.includes(value) || (typeof value === 'object' && words.some((known) => equalValues(known, value)));
}

function isOfType(value: unknown, { type, intOrString }: Schema): boolean {
  if (intOrString) return typeof value === 'string' || Number.isInteger(value);
  switch (type) {
    case undefined:
      return true;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
    case 'number':
    case 'string':
      return typeof value === type;
  }
}

function visitText(value: string, schema: Schema, walk: Walk): void {
  const { minLength, maxLength, pattern, format } = schema;
  if (maxLength !== undefined && value.length > maxLength && Array.from(value).length > maxLength) {
    report(walk, value, schema, { kind: 'maxLength' });
    return;
  }
  if (minLength !== undefined && value.length < minLength) report(walk, value, schema, { kind: 'minLength' });
  else if (pattern !== undefined && patternTest(pattern)?.(value) === false)
    report(walk, value, schema, { kind: 'pattern' });
  else if (format !== undefined && FORMATS.get(format)?.(value) === false)
    report(walk, value, schema, { kind: 'format' });
}

/** Of the formats that apiextensions-apiserver knows those that manifests of networks use. */
const FORMATS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['cidr', (value: string) => readMaskedCidr(value) !== undefined || isIpv4Mapped(value)],
  ['ipv4', (value: string) => readIpAddress(value)?.family === 'IPv4'],
  ['ipv6', (value: string) => readIpAddress(value)?.family === 'IPv6'],
  ['date-time', (value: string) => !Number.isNaN(Date.parse(value))],
]);

const INT32 = 2 ** 31;

function visitNumber(value: number, schema: Schema, walk: Walk): void {
  const { minimum, maximum, format } = schema;
  if (minimum !== undefined && value < minimum) report(walk, value, schema, { kind: 'minimum' });
  else if (maximum !== undefined && value > maximum) report(walk, value, schema, { kind: 'maximum' });
  else if (format === 'int32' && (value < -INT32 || value >= INT32))
    report(walk, value, schema, { kind: value < 0 ? 'minimum' : 'maximum' });
}

function visitItems(items: readonly unknown[], schema: Schema, walk: Walk): void {
  const { items: each, minItems, maxItems } = schema;
  if (minItems !== undefined && items.length < minItems) report(walk, items, schema, { kind: 'minItems' });
  if (maxItems !== undefined && items.length > maxItems) report(walk, items, schema, { kind: 'maxItems' });
  if ((schema.keys !== undefined || schema.distinct) && items.length > 1) {
    visitRepeated(items, schema, walk);
  }
  if (each === undefined) return;
  for (let index = 0; index < items.length; index++) {
    walk.path.push(index);
    visit(items[index], each, walk);
    walk.path.pop();
  }
}

function visitRepeated(items: readonly unknown[], schema: Schema, { path, problems }: Walk): void {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const id = identity(item, schema);
    if (id === undefined) continue;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, index);
    else problems.push({ path: below(path, index), value: item, schema, fault: { kind: 'repeated', first } });
  }
}

/** Undefined for an item without the fields that tell it apart. */
function identity(item: unknown, { keys, items }: Schema): string | undefined {
  if (keys === undefined) return JSON.stringify(sorted(item));
  const fields = record(item);
  if (fields === undefined) return undefined;
  return JSON.stringify(
    keys.map((key) => (Object.hasOwn(fields, key) ? own(fields, key) : items?.fields?.get(key)?.default) ?? null),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  const fields = record(value);
  if (fields === undefined) return value;
  return Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

function visitFields(mapping: Readonly<Record<string, unknown>>, schema: Schema, walk: Walk): void {
  const { fields, values, required } = schema;
  let count = 0;
  for (const field in mapping) {
    if (!Object.hasOwn(mapping, field)) continue;
    const value = own(mapping, field);
    const known = fields?.get(field);
    // The API server drops a null of a field that may not be null before it looks at the object.
    if (value === null && known !== undefined && !known.nullable && isAlive(schema, field, walk)) continue;
    count++;
    const inner = known ?? values;
    if (inner === undefined || (schema.lives !== undefined && !isAlive(schema, field, walk))) {
      if (!schema.open && fields !== undefined)
        report(walk, mapping, schema, { kind: 'unknown', field, siblings: mapping });
      continue;
    }
    walk.path.push(field);
    visit(value, inner, walk);
    walk.path.pop();
  }
  for (const field of required ?? []) {
    const value = own(mapping, field);
    const isAbsent = value === undefined || (value === null && fields?.get(field)?.nullable !== true);
    if (isAbsent && fields?.get(field)?.default === undefined)
      report(walk, mapping, schema, { kind: 'required', field });
  }
  if (schema.minProperties !== undefined && count < schema.minProperties)
    report(walk, mapping, schema, { kind: 'minProperties' });
  if (schema.maxProperties !== undefined && count > schema.maxProperties)
    report(walk, mapping, schema, { kind: 'maxProperties' });
}

function isAlive({ lives }: Schema, field: string, { minor }: Walk): boolean {
  const life = lives?.get(field);
  if (minor === undefined || life === undefined) return true;
  return minor >= (life.since ?? 0) && minor <= (life.until ?? Infinity);
}

function visitAlternatives(written: unknown, schema: Schema, walk: Walk): void {
  const { all, any, one, not } = schema;
  const value = withDefaults(written, schema);
  if (all?.every((each) => isValid(value, each)) === false)
    report(walk, value, schema, { kind: 'alternatives', of: 'all' });
  if (any?.some((each) => isValid(value, each)) === false)
    report(walk, value, schema, { kind: 'alternatives', of: 'any' });
  if (one !== undefined && one.filter((each) => isValid(value, each)).length !== 1) {
    report(walk, value, schema, { kind: 'alternatives', of: 'one' });
  }
  if (not !== undefined && isValid(value, not)) report(walk, value, schema, { kind: 'alternatives', of: 'not' });
}

/** The schemas of alternatives say what values are like, and not which fields there are. */
function isValid(value: unknown, schema: Schema): boolean {
  const problems: SchemaProblem[] = [];
  visit(value, schema, { path: [], problems, minor: undefined });
  return problems.every(({ fault }) => fault.kind === 'unknown');
}

function visitRules(value: unknown, schema: Schema, walk: Walk): void {
  if (value === undefined || value === null) return;
  if (schema.rules !== undefined) {
    for (const rule of schema.rules) {
      if (!isBlocked(rule, walk) && celCheck(rule.rule)(value) === false)
        report(walk, value, schema, { kind: 'rule', rule });
    }
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items?.ruled) return;
    for (let index = 0; index < value.length; index++) visitRulesBelow(value[index], items, index, walk);
  } else if (typeof value === 'object') {
    const fields = value as Readonly<Record<string, unknown>>;
    for (const key in fields) {
      const inner = schema.fields?.get(key) ?? schema.values;
      if (inner?.ruled && Object.hasOwn(fields, key)) visitRulesBelow(own(fields, key), inner, key, walk);
    }
  }
}

function isBlocked({ rule }: SchemaRule, { path, blocked = [] }: Walk): boolean {
  return blocked.some(
    ({ path: place, field }) =>
      place.length >= path.length &&
      path.every((step, index) => step === place[index]) &&
      (field === undefined || rule.includes(field)),
  );
}

function visitRulesBelow(value: unknown, schema: Schema, step: string | number, walk: Walk): void {
  walk.path.push(step);
  visitRules(value, schema, walk);
  walk.path.pop();
}
