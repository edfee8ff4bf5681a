import type { FieldPart } from '../finding/problem';
import { written, type YamlNode } from './yaml-nodes';

/** Where a value, or its key, stands: a map or a list stands where its key does, and what is absent where the nearest parent does that is there. */
export function placeOf(root: YamlNode, path: readonly (string | number)[], part: FieldPart = 'value'): number {
  let node = root;
  let place = Math.max(root.start, 0);
  for (const [index, step] of path.entries()) {
    const parent = written(node);
    const pair = parent.kind === 'mapping' ? parent.entries.get(String(step)) : undefined;
    const child = pair?.value ?? (parent.kind === 'sequence' ? parent.items[Number(step)] : undefined);
    if (child === undefined) return place;
    const isKeyAsked = part === 'key' && index === path.length - 1;
    const shown = pair !== undefined && (isKeyAsked || isCollection(child) || child.start < 0) ? pair.key : child;
    if (shown.start >= 0) place = shown.start;
    node = child;
  }
  return place;
}

function isCollection(node: YamlNode): boolean {
  return node.kind === 'mapping' || node.kind === 'sequence';
}
