import { append } from '../../model/lookup';
import { type FieldSpec, visitFields } from './fields';
import { NAME_REFERENCES, type NameReference } from './name-reference-fields';
import { child, isMissing, type MapNode, type RenderNode, scalar, scalarText } from './node';
import {
  currentId,
  hasNamespace,
  isOfKind,
  kindOf,
  originalId,
  previousIds,
  type Resource,
  type ResourceId,
} from './resource';

/** Writes the new names of objects wherever others name them: `nameref.Filter` of kustomize. A name that stays has nothing to write. */
export function updateNameReferences(resources: readonly Resource[]): void {
  const byPreviousName = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const name of new Set(resource.previous.map((id) => id.name))) append(byPreviousName, name, resource);
  }
  if (byPreviousName.size === 0) return;
  for (const referrer of resources) {
    const original = originalId(referrer);
    for (const { target, fields } of NAME_REFERENCES) {
      for (const field of fields) {
        if (isOfKind(original, field)) updateField(referrer, target, field, byPreviousName);
      }
    }
  }
}

function updateField(
  referrer: Resource,
  target: NameReference['target'],
  field: FieldSpec,
  byPreviousName: ReadonlyMap<string, readonly Resource[]>,
): void {
  const candidates = (name: string): readonly Resource[] =>
    (byPreviousName.get(name) ?? []).filter(
      (candidate) =>
        previousIds(candidate).some((id) => isOfKind(id, target)) &&
        isMeantByRole(referrer, field, candidate) &&
        isReachable(referrer, candidate),
    );
  const update = (node: RenderNode): void => {
    if (isMissing(node)) return;
    if (node.kind === 'list') {
      for (const item of node.items) update(item);
    } else if (node.kind === 'scalar') {
      const referral = chosen(referrer, candidates(scalarText(node)), (id) => id.name);
      if (referral !== undefined) node.value = currentId(referral).name;
    } else updateMap(referrer, node, candidates);
  };
  visitFields(referrer.root, { ...field, ...kindOf(referrer.root) }, undefined, update);
}

/** A map with a name and a namespace. */
function updateMap(referrer: Resource, node: MapNode, candidates: (name: string) => readonly Resource[]): void {
  const name = child(node, 'name');
  if (name?.kind !== 'scalar') return;
  const namespace = child(node, 'namespace');
  const all = candidates(scalarText(name));
  const named = namespace === undefined ? all : inNamespace(all, scalarText(namespace));
  const referral = chosen(referrer, named, (id) => `${id.namespace}/${id.name}`);
  if (referral === undefined) return;
  name.value = currentId(referral).name;
  const own = scalarText(child(child(referral.root, 'metadata'), 'namespace'));
  if (own !== '') node.entries.set('namespace', scalar(own, namespace?.place ?? name.place));
}

function inNamespace(candidates: readonly Resource[], namespace: string): readonly Resource[] {
  const original = candidates.filter((candidate) => originalId(candidate).namespace === namespace);
  return original.length > 0
    ? original
    : candidates.filter((candidate) => currentId(candidate).namespace === namespace);
}

function isMeantByRole({ root }: Resource, { path }: FieldSpec, candidate: Resource): boolean {
  if (!path.endsWith('roleRef/name')) return true;
  const role = child(root, 'roleRef');
  const [group, kind] = [child(role, 'apiGroup'), child(role, 'kind')].map(scalarText);
  return group === '' || kind === '' || previousIds(candidate).some((id) => isOfKind(id, { group, kind }));
}

function isReachable(referrer: Resource, candidate: Resource): boolean {
  const [from, to] = [currentId(referrer), currentId(candidate)];
  if (!hasNamespace(from) || !hasNamespace(to) || to.kind === 'ServiceAccount') return true;
  return from.namespace === to.namespace;
}

/** Of several, the one that went through the same prefixes and suffixes. */
function chosen(
  referrer: Resource,
  candidates: readonly Resource[],
  identity: (id: ResourceId) => string,
): Resource | undefined {
  if (candidates.length <= 1) return candidates.at(0);
  let left = candidates.filter((candidate) => hasSameAffixes(candidate, referrer, true));
  if (left.length > 1) left = left.filter((candidate) => hasSameAffixes(candidate, referrer, false));
  const identities = new Set(left.map((candidate) => identity(currentId(candidate))));
  return identities.size === 1 ? left[0] : undefined;
}

function hasSameAffixes(a: Resource, b: Resource, emptyIsAny: boolean): boolean {
  const same = (one: readonly string[], other: readonly string[]): boolean =>
    (emptyIsAny && (one.length === 0 || other.length === 0)) || endAlike(one, other);
  return same(a.prefixes, b.prefixes) && same(a.suffixes, b.suffixes);
}

function endAlike(one: readonly string[], other: readonly string[]): boolean {
  const shared = Math.min(one.length, other.length);
  if (shared === 0) return one.length === other.length;
  return one.slice(-shared).join('\0') === other.slice(-shared).join('\0');
}
