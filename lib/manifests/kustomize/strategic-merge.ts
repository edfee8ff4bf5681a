import { concat } from '../../model/lists';
import type { MergeSchema } from './merge-schema';
import { child, isMissing, type ListNode, type MapNode, type RenderNode, scalar, scalarText } from './node';

/** `$patch` of a map, or of an element of a list that says nothing else. */
type Directive = 'merge' | 'replace' | 'delete';

const DIRECTIVE = '$patch';

/**
 * Merges a patch into a value, as `kyaml/yaml/merge2` does with `MergeOptionsListPrepend`. The patch is used up. Undefined if nothing is left.
 */
export function strategicMerge(
  base: RenderNode | undefined,
  patch: RenderNode | undefined,
  schema?: MergeSchema,
): RenderNode | undefined {
  const kind = [base, patch].find((node) => !isMissing(node))?.kind ?? 'map';
  const other = [base, patch].find((node) => !isMissing(node) && node.kind !== kind);
  if (other !== undefined) throw new PatchError('a patch and what it patches are of different types', other);
  if (kind === 'scalar') return patch ?? base;
  return kind === 'map' ? mergeMaps(base, patch, schema) : mergeLists(base, patch, schema);
}

/** A patch that kustomize refuses. */
export class PatchError extends Error {
  constructor(
    message: string,
    readonly node?: RenderNode,
  ) {
    super(message);
  }
}

function mergeMaps(
  base: RenderNode | undefined,
  patch: RenderNode | undefined,
  schema: MergeSchema | undefined,
): RenderNode | undefined {
  const target = targetMap(base, patch);
  if (target?.kind !== 'map') return target;
  const names = new Set(concat([...target.entries.keys()], patch?.kind === 'map' ? [...patch.entries.keys()] : []));
  for (const name of [...names].sort()) {
    const own = target.entries.get(name);
    const merged = strategicMerge(own, child(patch, name), schema?.fields?.get(name));
    if (isMissing(merged)) target.entries.delete(name);
    else target.entries.set(name, merged);
  }
  return target;
}

/** What the fields of the patch are merged into. */
function targetMap(base: RenderNode | undefined, patch: RenderNode | undefined): RenderNode | undefined {
  if (isMissing(base)) {
    if (patch === undefined) return base;
    return patch.kind === 'map' && takeDirective(patch) === 'delete' ? undefined : patch;
  }
  if (patch === undefined) return base;
  if (patch.kind !== 'map') return undefined;
  const directive = takeDirective(patch);
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : base;
}

function takeDirective(patch: MapNode): Directive {
  const written = patch.entries.get(DIRECTIVE);
  if (written === undefined) return 'merge';
  const directive = directiveOf(written);
  patch.entries.delete(DIRECTIVE);
  return directive;
}

function directiveOf(written: RenderNode): Directive {
  const text = scalarText(written);
  if (text === 'merge' || text === 'replace' || text === 'delete') return text;
  throw new PatchError(`$patch: ${text} is no directive; it may be merge, replace or delete`, written);
}

function takeListDirective(patch: ListNode): Directive {
  const index = patch.items.findIndex(
    (item) => item.kind === 'map' && item.entries.size === 1 && item.entries.has(DIRECTIVE),
  );
  const written = child(patch.items[index], DIRECTIVE);
  if (written === undefined) return 'merge';
  const directive = directiveOf(written);
  patch.items.splice(index, 1);
  return directive;
}

function mergeLists(
  base: RenderNode | undefined,
  patch: RenderNode | undefined,
  schema: MergeSchema | undefined,
): RenderNode | undefined {
  const keys = schema?.keys;
  if (keys === undefined) return patch ?? base;
  const target = targetList(base, patch);
  if (target?.kind !== 'list') return target;
  const from = patch?.kind === 'list' ? patch : undefined;
  return keys.length === 0 ? mergeScalars(target, from) : mergeElements(target, from, keys, schema?.element);
}

function targetList(base: RenderNode | undefined, patch: RenderNode | undefined): RenderNode | undefined {
  if (isMissing(base)) return patch;
  if (patch === undefined) return base;
  if (patch.kind !== 'list') return undefined;
  const directive = takeListDirective(patch);
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : base;
}

/** Those of the patch come first. */
function mergeScalars(target: ListNode, patch: ListNode | undefined): ListNode {
  const byText = new Map(concat(patch?.items ?? [], target.items).map((item) => [scalarText(item), item]));
  return { kind: 'list', items: [...byText.values()], place: target.place };
}

/** Merges lists of maps by keys: what the patch names comes first. A second key counts only where an element has it. */
function mergeElements(
  target: ListNode,
  patch: ListNode | undefined,
  keys: readonly string[],
  element: MergeSchema | undefined,
): ListNode | undefined {
  const written = distinct(concat(patch?.items ?? [], target.items).map((item) => keyValues(item, keys)));
  const identities = keys.length > 1 ? completed(written) : written;
  const counting = keys.map((_, index) => identities.some((values) => values[index] !== ''));
  const used = counting.includes(true) ? keys.filter((_, index) => counting[index]) : keys;
  let merged: RenderNode[] = [];
  for (const identity of identities) {
    const values = counting.includes(true) ? identity.filter((_, index) => counting[index]) : identity;
    const stated = used.filter((_, index) => values[index] !== '');
    const statedValues = values.filter((value) => value !== '');
    const find = (list: ListNode | undefined): RenderNode | undefined =>
      list?.items.find((item) => hasValues(item, stated, statedValues));
    const item = strategicMerge(find(target), find(patch), element);
    if (isMissing(item) || (item.kind === 'map' && item.entries.size === 0)) {
      target.items = target.items.filter((other) => !hasValues(other, used, values));
      continue;
    }
    if (item.kind === 'map') {
      for (const [index, key] of used.entries()) {
        if (!item.entries.has(key) && values[index] !== '') item.entries.set(key, scalar(values[index], item.place));
      }
    }
    merged = withElement(merged, item, used, values);
  }
  for (const item of target.items) {
    const values = keyValues(item, used).filter((value) => value !== '');
    if (used.length > 1) merged = merged.filter((other) => !hasValues(other, used, values));
    merged = withElement(merged, item, used, values);
  }
  return merged.length === 0 && isMissing(target) ? undefined : { kind: 'list', items: merged, place: target.place };
}

function keyValues(item: RenderNode, keys: readonly string[]): readonly string[] {
  return keys.map((key) => scalarText(child(item, key)));
}

function distinct(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(lists.map((values) => [values.join('\0'), values])).values()];
}

/** Two elements are one if they share a key and differ only where one of them says nothing. */
function completed(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const all = [...lists];
  for (const first of all.keys()) {
    const own = all[first];
    for (const second of all.keys()) {
      const joined = joinedValues(own, all[second]);
      if (joined === undefined) continue;
      all[first] = joined;
      all[second] = joined;
    }
  }
  return all;
}

function joinedValues(a: readonly string[], b: readonly string[]): readonly string[] | undefined {
  const isOne = a.some((value, index) => value === b[index]);
  const differs = a.some((value, index) => value !== b[index] && value !== '' && b[index] !== '');
  return isOne && !differs ? a.map((value, index) => (value === '' ? b[index] : value)) : undefined;
}

/** An empty value is as good as any: `FieldMatcher` of kyaml. */
function hasValues(item: RenderNode, keys: readonly string[], values: readonly string[]): boolean {
  return keys.every((key, index) => {
    const value = child(item, key);
    if (index >= values.length) return true;
    return value !== undefined && (values[index] === '' || scalarText(value) === values[index]);
  });
}

/** In the place of the one with those values, else at the end. */
function withElement(
  items: readonly RenderNode[],
  item: RenderNode,
  keys: readonly string[],
  values: readonly string[],
): RenderNode[] {
  const isSame = (other: RenderNode): boolean => hasValues(other, keys, values);
  return items.some(isSame) ? items.map((other) => (isSame(other) ? item : other)) : [...items, item];
}
