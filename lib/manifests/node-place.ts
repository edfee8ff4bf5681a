import { written, type YamlNode } from './yaml-nodes';

/** Where a value stands: the value itself, or its key if it is a map or a list; the nearest parent that is there if it is absent. */
export function placeOf(root: YamlNode, path: readonly (string | number)[]): number {
  let node = root;
  let place = Math.max(root.start, 0);
  for (const step of path) {
    const parent = written(node);
    const pair = parent.kind === 'mapping' ? parent.entries.get(String(step)) : undefined;
    const child = pair?.value ?? (parent.kind === 'sequence' ? parent.items[Number(step)] : undefined);
    if (child === undefined) return place;
    const shown = pair !== undefined && (isCollection(child) || child.start < 0) ? pair.key : child;
    if (shown.start >= 0) place = shown.start;
    node = child;
  }
  return place;
}

function isCollection(node: YamlNode): boolean {
  return node.kind === 'mapping' || node.kind === 'sequence';
}
