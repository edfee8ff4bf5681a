import { child, descendant, type RenderNode, scalarText } from './node';
import { currentId, kindOf, originalId, type Resource, type ResourceId } from './resource';

/** Which objects a patch is for: names are regular expressions, of the whole name. */
export function selectsResource(target: RenderNode, resource: Resource): boolean {
  const [current, original] = [currentId(resource), originalId(resource)];
  const isMatch = (field: string, ...values: readonly string[]): boolean => {
    const pattern = scalarText(child(target, field));
    return pattern === '' || values.some((value) => matchesWhole(pattern, value));
  };
  const { group, version, kind } = kindOf(resource.root);
  return (
    isMatch('namespace', original.namespace, current.namespace) &&
    isMatch('name', original.name, current.name) &&
    isMatch('group', group) &&
    isMatch('version', version) &&
    isMatch('kind', kind) &&
    matchesSelectors(target, resource)
  );
}

/** The labels and annotations that a target of a patch or a replacement asks for. */
export function matchesSelectors(target: RenderNode | undefined, { root }: Resource): boolean {
  return (
    matchesExpression(scalarText(child(target, 'labelSelector')), descendant(root, 'metadata', 'labels')) &&
    matchesExpression(scalarText(child(target, 'annotationSelector')), descendant(root, 'metadata', 'annotations'))
  );
}

function matchesWhole(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}

const REQUIREMENT = /^\s*(!?)\s*([^\s=!,()]+)\s*(?:(==|=|!=)\s*([^\s,()]*)|(in|notin)\s*\(([^)]*)\))?\s*$/;

/** A label selector as text (`labels.Parse` of apimachinery): `app=web,tier in (a, b),!old`. */
function matchesExpression(selector: string, labels: RenderNode | undefined): boolean {
  if (selector.trim() === '') return true;
  return selector.split(/,(?![^(]*\))/).every((part) => {
    const match: readonly (string | undefined)[] | null = REQUIREMENT.exec(part);
    if (match === null) return false;
    const [, not, key = '', operator, single = '', setOperator, values = ''] = match;
    const node = child(labels, key);
    const value = scalarText(node);
    if (operator === '!=') return node === undefined || value !== single;
    if (operator !== undefined) return node !== undefined && value === single;
    const isIn = values.split(',').some((item) => item.trim() === value);
    if (setOperator === 'in') return node !== undefined && isIn;
    if (setOperator === 'notin') return node === undefined || !isIn;
    return (node === undefined) === (not === '!');
  });
}

/** The identity that a selector of a replacement names, without regular expressions. */
export function selectedId(selector: RenderNode | undefined): Partial<ResourceId> {
  const field = (name: string): string => scalarText(child(selector, name));
  return {
    group: field('group'),
    version: field('version'),
    kind: field('kind'),
    name: field('name'),
    namespace: field('namespace'),
  };
}
