import { own } from '../syntax/own-member';
import type { Schema } from './schema';

/** The value as the API server completes it before it evaluates the rules. A complete value is returned as it is. */
export function withDefaults(value: unknown, schema: Schema): unknown {
  if (!schema.defaulted || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const { items } = schema;
    return items?.defaulted ? itemsWithDefaults(value, items) : value;
  }
  return mappingWithDefaults(value as Readonly<Record<string, unknown>>, schema);
}

function itemsWithDefaults(items: readonly unknown[], schema: Schema): readonly unknown[] {
  let completed: unknown[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const made = withDefaults(items[index], schema);
    if (made === items[index]) continue;
    completed ??= items.slice();
    completed[index] = made;
  }
  return completed ?? items;
}

function mappingWithDefaults(
  mapping: Readonly<Record<string, unknown>>,
  { fields, values, defaults }: Schema,
): unknown {
  const completed: [string, unknown][] = [];
  for (const [key, inner] of defaults ?? []) {
    const is = own(mapping, key);
    const made = is === undefined || is === null ? completeDefault(inner) : withDefaults(is, inner);
    if (made !== undefined && made !== is) completed.push([key, made]);
  }
  if (values?.defaulted) {
    for (const key of Object.keys(mapping)) {
      if (fields?.has(key)) continue;
      const is = own(mapping, key);
      const made = withDefaults(is, values);
      if (made !== is) completed.push([key, made]);
    }
  }
  return completed.length === 0 ? mapping : { ...mapping, ...Object.fromEntries(completed) };
}

const COMPLETE = new WeakMap<Schema, { readonly value: unknown }>();

/** What stands for an absent value: undefined where nothing does. */
function completeDefault(schema: Schema): unknown {
  if (schema.default === undefined) return undefined;
  const found = COMPLETE.get(schema);
  if (found !== undefined) return found.value;
  const value = withDefaults(schema.default, schema);
  COMPLETE.set(schema, { value });
  return value;
}
