import type { Schema, SchemaRule } from '../../lib/schema/schema';
import { STRICTER_RULES } from './sources';

/**
 * A newer schema, with the fields and words that only an older one has, and without the needs that only it has: it is not known which
 * version runs.
 */
export function merged(newer: Schema, older: Schema): Schema {
  if (newer.maxItems === 0) return { ...older, maxItems: 0, withdrawn: true };
  const fields = new Map(newer.fields);
  if (newer.fields !== undefined && newer.fields.size > 0) {
    for (const [field, schema] of older.fields ?? []) {
      const known = fields.get(field);
      fields.set(field, known === undefined ? schema : merged(known, schema));
    }
  }
  const required = newer.required?.filter(
    (field) => older.fields?.has(field) !== true || older.required?.includes(field) === true,
  );
  return {
    ...newer,
    required: required?.length === 0 ? undefined : required,
    ...(newer.pattern !== undefined &&
      newer.pattern !== older.pattern &&
      older.enum === undefined && { olderPattern: older.pattern ?? '' }),
    ...(newer.fields && { fields }),
    ...(newer.values && older.values && { values: merged(newer.values, older.values) }),
    ...(newer.items && older.items && { items: merged(newer.items, older.items) }),
    ...(newer.enum && older.enum && { enum: [...new Set([...newer.enum, ...older.enum])] }),
    ...((newer.rules ?? older.rules) && {
      rules: [
        ...(newer.rules ?? []).map((rule) => mergedRule(rule, newer, older)),
        ...rulesOfOlderFields(newer, older),
      ],
    }),
  };
}

/** A rule that the older schema lacks, though it has all that the rule speaks of, refuses what is right there. */
function mergedRule(rule: SchemaRule, newer: Schema, older: Schema): SchemaRule {
  if (STRICTER_RULES.some((start) => rule.rule.startsWith(start))) return { ...rule, stricter: true };
  if (older.rules?.some((other) => other.rule === rule.rule)) return rule;
  const names = new Set([...rule.rule.matchAll(/\.(\w+)/g)].map(([, name]) => name));
  const isNew = [...fieldsOf(newer)].some((field) => names.has(field) && !fieldsOf(older).has(field));
  return isNew ? rule : { ...rule, stricter: true };
}

/** Of a field that the newer schema has no more. */
function rulesOfOlderFields(newer: Schema, older: Schema): readonly SchemaRule[] {
  return (older.rules ?? []).filter(({ rule }) => {
    const names = new Set([...rule.matchAll(/\.(\w+)/g)].map(([, name]) => name));
    return [...fieldsOf(older)].some((field) => names.has(field) && !fieldsOf(newer).has(field));
  });
}

function fieldsOf({ fields, items }: Schema): ReadonlySet<string> {
  return new Set([...(fields?.keys() ?? []), ...(items?.fields?.keys() ?? [])]);
}
