import type { written } from './yaml-nodes';
import { type YamlNode, type YamlMapping } from './yaml-nodes';

/** The plain JSON value that kubectl makes of a node. What has an anchor is one value wherever its aliases stand. */
export function nodeValue(root: YamlNode): unknown {
  const known = new Map<YamlNode, unknown>();
  const valueOf = (node: YamlNode): unknown => {
    if (node.kind === 'alias') return sharedValue(node.target);
    return node.kind === 'scalar' ? node.value : sharedValue(node);
  };
  const sharedValue = (node: ReturnType<typeof written>): unknown => {
    if (node.kind === 'scalar') return node.value;
    if (known.has(node)) return known.get(node);
    const value = node.kind === 'sequence' ? node.items.map(valueOf) : mappingValue(node, valueOf);
    known.set(node, value);
    return value;
  };
  return valueOf(root);
}

function mappingValue(node: YamlMapping, valueOf: (node: YamlNode) => unknown): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, pair] of node.entries) setMember(value, name, valueOf(pair.value));
  return value;
}

/** Sets a member as JSON.parse does: `__proto__` is a name like any other. */
export function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}
