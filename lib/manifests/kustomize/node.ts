import type { Origin } from '../../finding/finding';
import type { FieldPart } from '../../finding/problem';
import { below, type FieldPath, type Locate } from '../../model/source-object';
import { setMember } from '../node-value';

/** Where a value was written: the document, and the path in it. */
export interface Place {
  readonly locate: Locate;
  readonly path: FieldPath;
}

export type Scalar = string | number | boolean | null;

/** A value of an object that is being rendered: it can be changed in place, and knows where it was written. */
export type RenderNode = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly entries: Map<string, RenderNode>;
  readonly place: Place;
}

export interface ListNode {
  readonly kind: 'list';
  items: RenderNode[];
  readonly place: Place;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  value: Scalar;
  place: Place;
}

export function nodeOf(value: unknown, place: Place): RenderNode {
  const child = (step: string | number): Place => ({ locate: place.locate, path: below(place.path, step) });
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item, index) => nodeOf(item, child(index))), place };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]): [string, RenderNode] => [
      name,
      nodeOf(item, child(name)),
    ]);
    return { kind: 'map', entries: new Map(entries), place };
  }
  return scalar(isScalar(value) ? value : null, place);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

export function scalar(value: Scalar, place: Place): ScalarNode {
  return { kind: 'scalar', value, place };
}

export function emptyMap(place: Place): MapNode {
  return { kind: 'map', entries: new Map(), place };
}

export function emptyList(place: Place): ListNode {
  return { kind: 'list', items: [], place };
}

/** The plain JSON of a node. */
export function valueOf(node: RenderNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(valueOf);
  const value: Record<string, unknown> = {};
  for (const [name, child] of node.entries) setMember(value, name, valueOf(child));
  return value;
}

export function copyOf(node: MapNode): MapNode;
export function copyOf(node: RenderNode): RenderNode;
export function copyOf(node: RenderNode): RenderNode {
  const { place } = node;
  if (node.kind === 'scalar') return scalar(node.value, place);
  if (node.kind === 'list') return { kind: 'list', items: node.items.map(copyOf), place };
  const entries = [...node.entries].map(([name, child]): [string, RenderNode] => [name, copyOf(child)]);
  return { kind: 'map', entries: new Map(entries), place };
}

/** Neither there nor anything but null: kustomize makes no difference. */
export function isMissing(node: RenderNode | undefined): node is undefined | (ScalarNode & { value: null }) {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

export function child(node: RenderNode | undefined, step: string | number): RenderNode | undefined {
  if (node?.kind === 'map') return node.entries.get(String(step));
  return node?.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
}

export function descendant(node: RenderNode | undefined, ...path: FieldPath): RenderNode | undefined {
  return path.reduce<RenderNode | undefined>(child, node);
}

export function textAt(node: RenderNode | undefined, ...path: FieldPath): string | undefined {
  const found = descendant(node, ...path);
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
}

/** The text of a scalar as it would be written; empty for all else. */
export function scalarText(node: RenderNode | undefined): string {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : '';
}

/** The map under a name; made if it is not there. */
export function mapAt(node: MapNode, name: string, place: Place): MapNode {
  const known = node.entries.get(name);
  if (known?.kind === 'map') return known;
  const made = emptyMap(place);
  node.entries.set(name, made);
  return made;
}

/** Where the value of a path was written; what is absent stands where its nearest parent does. */
export function originIn(root: RenderNode, path: FieldPath, part?: FieldPart): Origin {
  let node = root;
  for (const [index, step] of path.entries()) {
    const next = child(node, step) ?? (typeof step === 'string' ? child(node, Number(step)) : undefined);
    if (next === undefined) return node.place.locate(node.place.path);
    node = next;
    if (index === path.length - 1) return node.place.locate(node.place.path, part);
  }
  return node.place.locate(node.place.path);
}
