import { isMissing, type MapNode, type Place, type RenderNode, scalar, emptyMap } from './node';
import { isOfKind, kindOf, type ResourceId } from './resource';

/** A field that a transformer changes: `spec/template/metadata/labels`. Maps and lists on the way are not told apart. */
export interface FieldSpec extends Partial<Pick<ResourceId, 'group' | 'version' | 'kind'>> {
  readonly path: string;
  /** Whether it is made where it is missing. */
  readonly create?: boolean;
}

export function fieldSteps(path: string): readonly string[] {
  const steps: string[] = [];
  for (const part of path.replace(/^\//, '').split('/')) {
    const last = steps.at(-1);
    if (last?.endsWith('\\')) steps[steps.length - 1] = `${last.slice(0, -1)}/${part}`;
    else steps.push(part);
  }
  return steps;
}

/** Calls back for every value that the field leads to. `made` says what a missing one becomes. */
export function visitFields(
  root: MapNode,
  spec: FieldSpec,
  made: { readonly kind: 'map' | 'scalar'; readonly place: Place } | undefined,
  visit: (node: RenderNode, parent: MapNode | undefined, name: string) => void,
): void {
  if (!isOfKind(kindOf(root), spec)) return;
  const steps = fieldSteps(spec.path);
  const walk = (node: RenderNode, at: number, parent: MapNode | undefined, name: string): void => {
    if (at === steps.length) {
      visit(node, parent, name);
      return;
    }
    if (node.kind === 'list') {
      for (const item of node.items) walk(item, at, undefined, name);
      return;
    }
    if (node.kind !== 'map') return;
    const isSequence = steps[at].endsWith('[]');
    const field = isSequence ? steps[at].slice(0, -2) : steps[at];
    const known = node.entries.get(field);
    const isLast = at === steps.length - 1;
    if (isMissing(known) && spec.create === true && made !== undefined && !isSequence) {
      node.entries.set(field, isLast && made.kind === 'scalar' ? scalar('', made.place) : emptyMap(made.place));
    }
    const next = node.entries.get(field);
    if (next !== undefined) walk(next, at + 1, node, field);
  };
  walk(root, 0, undefined, '');
}
