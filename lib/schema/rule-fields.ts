import { type CelNode, parseCel } from './cel-parser';
import type { Schema } from './schema';

/** Every object has them, whether its schema says so or not. */
const OF_EVERY_OBJECT: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * Whether the schema declares each field of `self` that the rule names. The API server compiles rules against the schema, and takes no
 * CustomResourceDefinition where one does not compile: such a rule judges nothing.
 */
export function namesDeclaredFields(rule: string, fields: ReadonlyMap<string, Schema>): boolean {
  const parsed = parseCel(rule);
  return (
    parsed === undefined || fieldsOfSelf(parsed).every((name) => OF_EVERY_OBJECT.has(name) || isDeclared(fields, name))
  );
}

/** Names that are no identifiers are escaped, such as `__namespace__` and `a__dash__b`. */
function isDeclared(fields: ReadonlyMap<string, Schema>, name: string): boolean {
  return fields.has(name) || name.includes('__');
}

function fieldsOfSelf(root: CelNode): readonly string[] {
  const names: string[] = [];
  const open: unknown[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!Array.isArray(node)) continue;
    const [kind, inner, name] = node as unknown[];
    if ((kind === 'field' || kind === 'field?') && isSelf(inner)) names.push(String(name));
    for (const part of node as unknown[]) open.push(part);
  }
  return names;
}

function isSelf(node: unknown): boolean {
  return Array.isArray(node) && node[0] === 'name' && node[1] === 'self';
}
