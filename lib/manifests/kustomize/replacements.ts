import {
  child,
  copyOf,
  emptyList,
  emptyMap,
  isMissing,
  type MapNode,
  nodeOf,
  type RenderNode,
  type Scalar,
  scalar,
  type ScalarNode,
  scalarText,
} from './node';
import { matches } from './pattern';
import { allIds, isSelected, type Resource } from './resource';
import { matchesSelectors, selectedId } from './selector';
import { PatchError } from './strategic-merge';

/** Copies a value from one object into others (`replacement.Filter` of kustomize). */
export function applyReplacement(resources: readonly Resource[], replacement: RenderNode): void {
  const value = sourceValue(resources, replacement);
  const targets = child(replacement, 'targets');
  if (targets?.kind !== 'list') throw new PatchError('a replacement has no targets', replacement);
  for (const target of targets.items) {
    const select = child(target, 'select');
    if (select === undefined) throw new PatchError('a target of a replacement selects nothing', target);
    for (const resource of resources) {
      if (isTarget(resource, target, select)) writeTarget(resource.root, target, value);
    }
  }
}

function sourceValue(resources: readonly Resource[], replacement: RenderNode): RenderNode {
  const constant = child(replacement, 'sourceValue');
  if (constant !== undefined) return constant;
  const source = child(replacement, 'source');
  const selected = resources.filter((resource) => allIds(resource).some((id) => isSelected(id, selectedId(source))));
  if (selected.length !== 1) {
    const many = selected.length === 0 ? 'nothing' : `${selected.length} objects`;
    throw new PatchError(
      `the source of a replacement selects ${many}, where it must be one object`,
      source ?? replacement,
    );
  }
  const path = scalarText(child(source, 'fieldPath')) || 'metadata.name';
  const found = lookup(selected[0].root, pathSteps(path));
  if (found === undefined || isMissing(found))
    throw new PatchError(`the source of a replacement has no ${path}`, source);
  const { delimiter, index } = optionsOf(source);
  if (delimiter === '') return found;
  const part = scalarText(found).split(delimiter).at(Math.max(index, 0));
  if (part === undefined) throw new PatchError(`the source of a replacement has no part ${index}`, source);
  return scalar(part, found.place);
}

function optionsOf(node: RenderNode | undefined): { delimiter: string; index: number; create: boolean } {
  const options = child(node, 'options');
  return {
    delimiter: scalarText(child(options, 'delimiter')),
    index: Number(scalarText(child(options, 'index'))),
    create: scalarText(child(options, 'create')) === 'true',
  };
}

function isTarget(resource: Resource, target: RenderNode, select: RenderNode): boolean {
  if (!matchesSelectors(select, resource)) return false;
  const reject = child(target, 'reject');
  const rejects = reject?.kind === 'list' ? reject.items : [];
  const ids = allIds(resource);
  return (
    ids.some((id) => isSelected(id, selectedId(select))) &&
    !rejects.some((rejected) => {
      const id = selectedId(rejected);
      const isNamed = Object.values(id).some((text) => text !== '') && ids.some((own) => isSelected(own, id));
      const hasSelector = ['labelSelector', 'annotationSelector'].some((field) => child(rejected, field) !== undefined);
      return isNamed || (hasSelector && matchesSelectors(rejected, resource));
    })
  );
}

function writeTarget(root: MapNode, target: RenderNode, value: RenderNode): void {
  const written = child(target, 'fieldPaths');
  const paths = written?.kind === 'list' ? written.items.map(scalarText) : ['metadata.name'];
  const options = optionsOf(target);
  for (const path of paths.length === 0 ? ['metadata.name'] : paths) {
    const places = placesOf(root, pathSteps(path), options.create ? value : undefined);
    if (places.length === 0) throw new PatchError(`the target of a replacement has no ${path}`, target);
    for (const { node, set } of places) set(newValue(node, value, options));
  }
}

function newValue(node: RenderNode, value: RenderNode, { delimiter, index }: ReturnType<typeof optionsOf>): RenderNode {
  if (delimiter !== '') {
    const parts = scalarText(node).split(delimiter);
    const text = scalarText(value);
    if (index < 0) parts.unshift(text);
    else if (index >= parts.length) parts.push(text);
    else parts[index] = text;
    return scalar(parts.join(delimiter), value.place);
  }
  return node.kind === 'scalar' && value.kind === 'scalar' ? typedAs(node, value) : copyOf(value);
}

/** Only the text is copied: a number stays a number. */
function typedAs(node: ScalarNode, value: ScalarNode): ScalarNode {
  const text = scalarText(value);
  const typed: Scalar =
    typeof node.value === 'number' && text !== '' && !Number.isNaN(Number(text))
      ? Number(text)
      : typeof node.value === 'string'
        ? text
        : value.value;
  return scalar(typed, value.place);
}

/** `spec.ports.[name=http].port`: a dot in brackets, or after a backslash, is none of the path. */
export function pathSteps(path: string): readonly string[] {
  const steps: string[] = [];
  for (const part of path.replace(/^\./, '').split('.')) {
    const last = steps.at(-1);
    if (last?.endsWith('\\')) steps[steps.length - 1] = `${last.slice(0, -1)}.${part}`;
    else if (last?.startsWith('[') && !last.endsWith(']')) steps[steps.length - 1] = `${last}.${part}`;
    else steps.push(part);
  }
  return steps.map((step) => (/^\[[^=]*\]$/.test(step) ? step.slice(1, -1) : step));
}

function entryOf(step: string): { key: string; value: string } | undefined {
  const match = /^\[([^=]*)=(.*)\]$/.exec(step);
  return match === null ? undefined : { key: match[1], value: match[2] };
}

function lookup(node: RenderNode | undefined, steps: readonly string[]): RenderNode | undefined {
  return steps.reduce<RenderNode | undefined>((parent, step) => {
    if (parent?.kind !== 'list') return child(parent, step);
    const entry = entryOf(step);
    if (entry === undefined) return step === '-' ? parent.items.at(-1) : parent.items[Number(step)];
    return parent.items.find((item) => scalarText(entry.key === '' ? item : child(item, entry.key)) === entry.value);
  }, node);
}

interface TargetPlace {
  readonly node: RenderNode;
  readonly set: (value: RenderNode) => void;
}

/** Every place that the path leads to; with `made`, missing ones are made for such a value. */
function placesOf(root: MapNode, steps: readonly string[], made: RenderNode | undefined): readonly TargetPlace[] {
  const places: TargetPlace[] = [];
  const walk = (node: RenderNode, at: number, set: (value: RenderNode) => void): void => {
    if (at === steps.length) {
      places.push({ node, set });
      return;
    }
    const step = steps[at];
    if (node.kind === 'map') {
      if (made !== undefined && !node.entries.has(step)) node.entries.set(step, missingNode(steps[at + 1], made));
      const next = node.entries.get(step);
      if (next !== undefined) walk(next, at + 1, (value) => node.entries.set(step, value));
    } else if (node.kind === 'list') {
      for (const index of matchingIndexes(node.items, step, made)) {
        walk(node.items[index], at + 1, (value) => {
          node.items[index] = value;
        });
      }
    }
  };
  walk(root, 0, () => undefined);
  return places;
}

function missingNode(next: string | undefined, made: RenderNode): RenderNode {
  if (next === undefined) return made.kind === 'scalar' ? scalar(null, made.place) : emptyMap(made.place);
  return entryOf(next) !== undefined || /^\d+$/.test(next) || next === '*'
    ? emptyList(made.place)
    : emptyMap(made.place);
}

function matchingIndexes(items: RenderNode[], step: string, made: RenderNode | undefined): readonly number[] {
  const all = [...items.keys()];
  if (step === '*') return all;
  const entry = entryOf(step);
  if (entry === undefined) {
    const index = Number(step);
    return all.includes(index) ? [index] : [];
  }
  const found = all.filter((index) => {
    const item = entry.key === '' ? items[index] : child(items[index], entry.key);
    return item !== undefined && matches(entry.value, scalarText(item), 'part');
  });
  if (found.length > 0 || made === undefined) return found;
  items.push(nodeOf(entry.key === '' ? entry.value : { [entry.key]: entry.value }, made.place));
  return [items.length - 1];
}
