import { copyOf, type MapNode, nodeOf, type RenderNode, valueOf, child, textAt } from './node';
import { PatchError } from './strategic-merge';

/** Applies the operations of a JSON patch (RFC 6902) to an object, as kustomize does. */
export function applyJsonPatch(root: MapNode, operations: readonly RenderNode[]): void {
  for (const operation of operations) applyOperation(root, operation);
}

function applyOperation(root: MapNode, operation: RenderNode): void {
  const op = textAt(operation, 'op');
  const path = pointerOf(operation, 'path');
  switch (op) {
    case 'add':
      add(root, path, copyOf(written(operation)), operation);
      return;
    case 'remove':
      remove(root, path, operation);
      return;
    case 'replace':
      replace(root, path, copyOf(written(operation)), operation);
      return;
    case 'move': {
      const from = pointerOf(operation, 'from');
      const moved = found(root, from, operation);
      remove(root, from, operation);
      add(root, path, moved, operation);
      return;
    }
    case 'copy':
      add(root, path, copyOf(found(root, pointerOf(operation, 'from'), operation)), operation);
      return;
    case 'test': {
      const expected = JSON.stringify(valueOf(written(operation)));
      if (JSON.stringify(valueOf(found(root, path, operation))) === expected) return;
      throw new PatchError(`the patch expects another value at ${path.join('/')}`, operation);
    }
    case undefined:
    default:
      throw new PatchError(`a JSON patch has no operation ${op ?? '(none)'}`, operation);
  }
}

function written(operation: RenderNode): RenderNode {
  return child(operation, 'value') ?? nodeOf(null, operation.place);
}

/** A JSON pointer (RFC 6901). */
function pointerOf(operation: RenderNode, field: string): readonly string[] {
  const pointer = textAt(operation, field);
  if (pointer === undefined) throw new PatchError(`an operation of a JSON patch has no ${field}`, operation);
  const steps = pointer.split('/');
  return (steps[0] === '' ? steps.slice(1) : steps).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function absent(path: readonly string[], operation: RenderNode): PatchError {
  return new PatchError(`the patch changes /${path.join('/')}, which is not there`, operation);
}

function step(node: RenderNode, name: string): RenderNode | undefined {
  return node.kind === 'list' ? node.items[indexIn(node.items, name)] : child(node, name);
}

function indexIn(items: readonly RenderNode[], name: string): number {
  const index = /^-?\d+$/.test(name) ? Number(name) : NaN;
  return index < 0 ? items.length + index : index;
}

function found(root: RenderNode, path: readonly string[], operation: RenderNode): RenderNode {
  const node = path.reduce<RenderNode | undefined>((parent, name) => parent && step(parent, name), root);
  if (node === undefined) throw absent(path, operation);
  return node;
}

function add(root: RenderNode, path: readonly string[], value: RenderNode, operation: RenderNode): void {
  const parent = found(root, path.slice(0, -1), operation);
  const name = path.at(-1) ?? '';
  if (parent.kind === 'map') {
    parent.entries.set(name, value);
    return;
  }
  if (parent.kind !== 'list') throw absent(path, operation);
  const index = name === '-' ? parent.items.length : indexIn(parent.items, name);
  if (!(index >= 0 && index <= parent.items.length)) throw absent(path, operation);
  parent.items.splice(index, 0, value);
}

function remove(root: RenderNode, path: readonly string[], operation: RenderNode): void {
  const parent = found(root, path.slice(0, -1), operation);
  found(root, path, operation);
  const name = path.at(-1) ?? '';
  if (parent.kind === 'map') parent.entries.delete(name);
  else if (parent.kind === 'list') parent.items.splice(indexIn(parent.items, name), 1);
}

function replace(root: MapNode, path: readonly string[], value: RenderNode, operation: RenderNode): void {
  const [parent, name] = [found(root, path.slice(0, -1), operation), path.at(-1) ?? ''];
  found(root, path, operation);
  if (parent.kind === 'map') parent.entries.set(name, value);
  else if (parent.kind === 'list') parent.items[indexIn(parent.items, name)] = value;
}
