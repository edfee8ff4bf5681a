import type { Schema } from '../../lib/schema/schema';

/** A newer schema, with the fields and words that only an older one has: it is not known which version runs. */
export function merged(newer: Schema, older: Schema): Schema {
  const fields = new Map(newer.fields);
  if (newer.fields !== undefined && newer.fields.size > 0) {
    for (const [field, schema] of older.fields ?? []) {
      const known = fields.get(field);
      fields.set(field, known === undefined ? schema : merged(known, schema));
    }
  }
  return {
    ...newer,
    ...(newer.fields && { fields }),
    ...(newer.values && older.values && { values: merged(newer.values, older.values) }),
    ...(newer.items && older.items && { items: merged(newer.items, older.items) }),
    ...(newer.enum && older.enum && { enum: [...new Set([...newer.enum, ...older.enum])] }),
  };
}
