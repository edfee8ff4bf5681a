import type { Locate } from '../../model/source-object';
import { apiGroup } from '../../model/source-object';
import { child, descendant, isMissing, mapAt, type MapNode, originIn, type Place, scalar, scalarText } from './node';

export interface ResourceId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** An object that is being rendered, and what kustomize remembers of it until all names are known. */
export interface Resource {
  readonly root: MapNode;
  /** As it was called before, the first name first. */
  readonly previous: ResourceId[];
  readonly prefixes: string[];
  readonly suffixes: string[];
  /** Whether its name ends with the hash of its content. */
  hashed: boolean;
}

export function resourceOf(root: MapNode): Resource {
  return { root, previous: [], prefixes: [], suffixes: [], hashed: false };
}

/** The name of what has no namespace, where others have one. */
const NO_NAMESPACE = '(cluster)';

/** Kinds that kustomize knows to have no namespace: those of Kubernetes itself. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  '/ComponentStatus',
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IngressClass',
  'node.k8s.io/RuntimeClass',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
]);

export function hasNamespace({ group, kind }: Pick<ResourceId, 'group' | 'kind'>): boolean {
  return !CLUSTER_SCOPED.has(`${group}/${kind}`);
}

export function kindOf(root: MapNode): Pick<ResourceId, 'group' | 'version' | 'kind'> {
  const apiVersion = scalarText(child(root, 'apiVersion'));
  return {
    group: apiGroup(apiVersion),
    version: apiVersion.slice(apiVersion.indexOf('/') + 1),
    kind: scalarText(child(root, 'kind')),
  };
}

export function currentId({ root }: Pick<Resource, 'root'>): ResourceId {
  const kind = kindOf(root);
  const namespace = scalarText(descendant(root, 'metadata', 'namespace')) || 'default';
  return {
    ...kind,
    name: scalarText(descendant(root, 'metadata', 'name')),
    namespace: hasNamespace(kind) ? namespace : NO_NAMESPACE,
  };
}

/** Earlier names, of the kind that it has now. */
export function previousIds({ root, previous }: Resource): readonly ResourceId[] {
  const { group, version } = kindOf(root);
  return previous.map((id) => {
    const kind = { group, version, kind: id.kind };
    return { ...id, ...kind, namespace: hasNamespace(kind) ? id.namespace : NO_NAMESPACE };
  });
}

export function originalId(resource: Resource): ResourceId {
  return previousIds(resource)[0] ?? currentId(resource);
}

export function allIds(resource: Resource): readonly ResourceId[] {
  return [...previousIds(resource), currentId(resource)];
}

export function rememberId(resource: Resource): void {
  resource.previous.push(currentId(resource));
}

export function isSameId(a: ResourceId, b: ResourceId): boolean {
  return isSameKind(a, b) && a.name === b.name && a.namespace === b.namespace;
}

function isSameKind(a: ResourceId, b: ResourceId): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

/** Empty members stand for anything. */
export function isOfKind(
  id: Pick<ResourceId, 'group' | 'version' | 'kind'>,
  { group = '', version = '', kind = '' }: Partial<ResourceId>,
): boolean {
  return (
    (group === '' || id.group === group) &&
    (version === '' || id.version === version) &&
    (kind === '' || id.kind === kind)
  );
}

/** As the selector of a replacement selects. */
export function isSelected(id: ResourceId, selector: Partial<ResourceId>): boolean {
  const { name = '', namespace = '' } = selector;
  return (
    isOfKind(id, selector) && (name === '' || id.name === name) && (namespace === '' || id.namespace === namespace)
  );
}

export function setName(resource: Resource, name: string, place: Place): void {
  metadataOf(resource, place).entries.set('name', scalar(name, place));
}

export function setNamespace(resource: Resource, namespace: string, place: Place): void {
  const metadata = metadataOf(resource, place);
  const known = metadata.entries.get('namespace');
  if (namespace === '') metadata.entries.delete('namespace');
  else if (isMissing(known) || scalarText(known) !== namespace)
    metadata.entries.set('namespace', scalar(namespace, place));
}

function metadataOf({ root }: Resource, place: Place): MapNode {
  return mapAt(root, 'metadata', place);
}

export function locateIn(root: MapNode): Locate {
  return (path, part) => originIn(root, path, part);
}
