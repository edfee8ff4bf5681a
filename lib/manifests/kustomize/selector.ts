import { child, descendant, type RenderNode, scalarText } from './node';
import { matches } from './pattern';
import { currentId, kindOf, originalId, type Resource, type ResourceId } from './resource';

/** Which objects a patch is for: names are regular expressions, of the whole name. */
export function selectsResource(target: RenderNode, resource: Resource): boolean {
  const [current, original] = [currentId(resource), originalId(resource)];
  const isMatch = (field: string, ...values: readonly string[]): boolean => {
    const pattern = scalarText(child(target, field));
    return pattern === '' || values.some((value) => matches(pattern, value, 'whole'));
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

/** A label selector as text (`labels.Parse` of apimachinery): `app=web,tier in (a, b),!old`. */
function matchesExpression(selector: string, labels: RenderNode | undefined): boolean {
  return requirements(selector).every((requirement) => holds(requirement, labels));
}

/** Commas in brackets belong to a set. */
function requirements(selector: string): readonly string[] {
  const parts: string[] = [];
  for (const part of selector.split(',')) {
    const last = parts.at(-1);
    if (last?.includes('(') && !last.includes(')')) parts[parts.length - 1] = `${last},${part}`;
    else parts.push(part);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

const COMPARISON = /^([^\s=!()]+) ?(==|=|!=) ?(\S*)$/;
const SET = /^(\S+) (in|notin) ?\(([^)]*)\)$/;

function holds(requirement: string, labels: RenderNode | undefined): boolean {
  const text = requirement
    .split(/\s/)
    .filter((word) => word !== '')
    .join(' ');
  const comparison = COMPARISON.exec(text);
  if (comparison !== null) {
    const [, key, operator, value] = comparison;
    const node = child(labels, key);
    return (node !== undefined && scalarText(node) === value) === (operator !== '!=');
  }
  const set = SET.exec(text);
  if (set !== null) {
    const [, key, operator, values] = set;
    const node = child(labels, key);
    const isIn = node !== undefined && values.split(',').some((value) => value.trim() === scalarText(node));
    return isIn === (operator === 'in');
  }
  return text.startsWith('!') ? child(labels, text.slice(1).trim()) === undefined : child(labels, text) !== undefined;
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
