/** Readers of untrusted JSON: what does not have the expected type is absent, so that no rule has to fear a shape. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function record(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

/**
 * The member of a record, without what the prototype would add: functions and the prototype itself, which are no JSON. Every rule asks
 * through here, so that it is a plain look-up.
 */
export function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found = (value as JsonRecord)[key];
  return typeof found === 'function' || found === Object.prototype ? undefined : found;
}

/** Follows keys and indexes; undefined as soon as one is absent. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (let index = 0; index < path.length && current !== undefined; index++) {
    const key = path[index];
    current = typeof key === 'number' ? list(current)[key] : member(current, key);
  }
  return current;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function integer(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** Numbers for which 0 is "not set", as Go has it: ports, node ports, block sizes. */
export function positive(value: unknown): number | undefined {
  const number = integer(value);
  return number !== undefined && number > 0 ? number : undefined;
}

/** Texts for which the empty one is "not set": names, namespaces, hosts, paths. */
export function nonEmpty(value: unknown): string | undefined {
  return text(value) === '' ? undefined : text(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function texts(value: unknown): readonly string[] {
  const items = list(value);
  return items.every(isText) ? items : items.filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

const NO_TEXTS: ReadonlyMap<string, string> = new Map();

/** A map of strings, such as labels, sorted by key: the order in which they were written means nothing. */
export function textMap(value: unknown): ReadonlyMap<string, string> {
  const object = record(value);
  if (object === undefined) return NO_TEXTS;
  const map = new Map<string, string>();
  // Without a function `sort` compares by code unit.
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (typeof member === 'string') map.set(key, member);
  }
  return map;
}
