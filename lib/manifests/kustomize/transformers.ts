import { concat, flatMap } from '../../model/lists';
import { visitFields, type FieldSpec } from './fields';
import { child, descendant, type MapNode, type Place, type RenderNode, scalar, scalarText } from './node';
import { matches } from './pattern';
import {
  allIds,
  hasNamespace,
  isOfKind,
  kindOf,
  originalId,
  rememberId,
  type Resource,
  setName,
  setNamespace,
} from './resource';

/** What the short fields of a kustomization do. Field by field as the built-in transformers of kustomize 5. */

const POD_TEMPLATE_KINDS: readonly Omit<FieldSpec, 'path'>[] = [
  { kind: 'ReplicationController', version: 'v1' },
  { kind: 'Deployment' },
  { kind: 'ReplicaSet' },
  { kind: 'DaemonSet' },
  { kind: 'StatefulSet', group: 'apps' },
  { kind: 'Job', group: 'batch' },
];

function ofTemplates(path: string, kinds = POD_TEMPLATE_KINDS): readonly FieldSpec[] {
  return [
    ...kinds.map((kind) => ({ ...kind, path: `spec/template/${path}`, create: true })),
    { kind: 'CronJob', group: 'batch', path: `spec/jobTemplate/${path}`, create: true },
    { kind: 'CronJob', group: 'batch', path: `spec/jobTemplate/spec/template/${path}`, create: true },
  ];
}

export const METADATA_LABELS: FieldSpec = { path: 'metadata/labels', create: true };

export const TEMPLATE_LABELS: readonly FieldSpec[] = [
  METADATA_LABELS,
  ...ofTemplates('metadata/labels'),
  { kind: 'StatefulSet', group: 'apps', path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true },
];

const AFFINITY = flatMap(['podAffinity', 'podAntiAffinity'], (affinity) => [
  `affinity/${affinity}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `affinity/${affinity}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
]);

function ofScheduling(kind: string): readonly FieldSpec[] {
  const paths = concat(AFFINITY, ['topologySpreadConstraints/labelSelector/matchLabels']);
  return paths.map((path) => ({ group: 'apps', kind, path: `spec/template/spec/${path}` }));
}

const MATCH_LABELS = 'spec/selector/matchLabels';

export const SELECTOR_LABELS: readonly FieldSpec[] = [
  { kind: 'Service', version: 'v1', path: 'spec/selector', create: true },
  { kind: 'ReplicationController', version: 'v1', path: 'spec/selector', create: true },
  { kind: 'Deployment', path: MATCH_LABELS, create: true },
  ...ofScheduling('Deployment'),
  { kind: 'ReplicaSet', path: MATCH_LABELS, create: true },
  { kind: 'DaemonSet', path: MATCH_LABELS, create: true },
  { kind: 'StatefulSet', group: 'apps', path: MATCH_LABELS, create: true },
  ...ofScheduling('StatefulSet'),
  { kind: 'Job', group: 'batch', path: MATCH_LABELS },
  { kind: 'CronJob', group: 'batch', path: 'spec/jobTemplate/spec/selector/matchLabels' },
  { kind: 'PodDisruptionBudget', group: 'policy', path: MATCH_LABELS },
  ...['spec/podSelector', 'spec/ingress/from/podSelector', 'spec/egress/to/podSelector'].map((path) => ({
    kind: 'NetworkPolicy',
    group: 'networking.k8s.io',
    path: `${path}/matchLabels`,
  })),
  ...TEMPLATE_LABELS,
];

export const ANNOTATIONS: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  ...ofTemplates(
    'metadata/annotations',
    POD_TEMPLATE_KINDS.map((kind) => (kind.kind === 'StatefulSet' ? { kind: 'StatefulSet' } : kind)),
  ),
];

/** Sets labels or annotations. */
export function setPairs(
  resources: readonly Resource[],
  pairs: RenderNode | undefined,
  fields: readonly FieldSpec[],
): void {
  if (pairs?.kind !== 'map') return;
  for (const { root } of resources) {
    for (const field of fields) {
      visitFields(root, field, { kind: 'map', place: pairs.place }, (node) => {
        if (node.kind !== 'map') return;
        for (const [name, value] of pairs.entries) {
          const known = node.entries.get(name);
          const text = scalarText(value);
          if (known?.kind !== 'scalar' || known.value !== text) node.entries.set(name, scalar(text, value.place));
        }
      });
    }
  }
}

export function setNamespaces(resources: readonly Resource[], namespace: RenderNode): void {
  const text = scalarText(namespace);
  for (const resource of resources) {
    const { root } = resource;
    const kind = kindOf(root);
    rememberId(resource);
    if (hasNamespace(kind)) setNamespace(resource, text, namespace.place);
    if (kind.kind === 'Namespace' && kind.group === '' && kind.version === 'v1')
      setName(resource, text, namespace.place);
    if (kind.kind === 'RoleBinding' || kind.kind === 'ClusterRoleBinding')
      setDefaultSubjects(root, text, namespace.place);
    for (const field of NAMESPACE_FIELDS) {
      visitFields(root, field, { kind: 'scalar', place: namespace.place }, (node) => {
        if (node.kind === 'scalar') Object.assign(node, scalar(text, namespace.place));
      });
    }
  }
}

const NAMESPACE_FIELDS: readonly FieldSpec[] = [
  { kind: 'APIService', group: 'apiregistration.k8s.io', path: 'spec/service/namespace', create: true },
  {
    kind: 'CustomResourceDefinition',
    group: 'apiextensions.k8s.io',
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
  },
];

function setDefaultSubjects(root: MapNode, namespace: string, place: Place): void {
  const subjects = child(root, 'subjects');
  if (subjects?.kind !== 'list') return;
  for (const subject of subjects.items) {
    if (subject.kind === 'map' && scalarText(child(subject, 'name')) === 'default')
      subject.entries.set('namespace', scalar(namespace, place));
  }
}

const KEEPS_ITS_NAME: readonly Partial<ReturnType<typeof kindOf>>[] = [
  { kind: 'CustomResourceDefinition' },
  { kind: 'APIService', group: 'apiregistration.k8s.io' },
  { kind: 'Namespace' },
];

export function addAffix(resources: readonly Resource[], affix: RenderNode, side: 'prefix' | 'suffix'): void {
  const text = scalarText(affix);
  if (text === '') return;
  for (const resource of resources) {
    const original = originalId(resource);
    if (KEEPS_ITS_NAME.some((kind) => isOfKind(original, kind))) continue;
    (side === 'prefix' ? resource.prefixes : resource.suffixes).push(text);
    rememberId(resource);
    const name = descendant(resource.root, 'metadata', 'name');
    // The name stays where it was written: that is where a reader looks for it.
    if (name?.kind === 'scalar')
      name.value = side === 'prefix' ? `${text}${scalarText(name)}` : `${scalarText(name)}${text}`;
  }
}

const REPLICA_KINDS = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'];

/** Whether there is anything of that name. */
export function setReplicas(resources: readonly Resource[], replicas: RenderNode): boolean {
  const name = scalarText(child(replicas, 'name'));
  const count = child(replicas, 'count');
  const matching = resources.filter((resource) =>
    allIds(resource).some((id) => id.name === name && REPLICA_KINDS.includes(id.kind)),
  );
  if (count?.kind !== 'scalar') return true;
  for (const { root } of matching) {
    const { kind } = kindOf(root);
    visitFields(root, { kind, path: 'spec/replicas', create: true }, { kind: 'scalar', place: count.place }, (node) => {
      if (node.kind === 'scalar') Object.assign(node, scalar(count.value, count.place));
    });
  }
  return matching.length > 0;
}

const IMAGE_FIELDS: readonly FieldSpec[] = flatMap(['spec', 'spec/template/spec'], (spec) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((field) => ({
    path: `${spec}/${field}`,
  })),
);

export function setImages(resources: readonly Resource[], image: RenderNode): void {
  const update = (node: RenderNode | undefined): void => {
    if (node?.kind !== 'scalar') return;
    const renamed = renamedImage(scalarText(node), image);
    if (renamed !== undefined && renamed !== node.value) Object.assign(node, scalar(renamed, image.place));
  };
  for (const { root } of resources) {
    if (kindOf(root).kind !== 'CustomResourceDefinition') visitContainers(root, update);
    for (const field of IMAGE_FIELDS) visitFields(root, field, undefined, update);
  }
}

/** Containers stand in many kinds of custom resources too. */
function visitContainers(node: RenderNode, update: (image: RenderNode | undefined) => void): void {
  if (node.kind === 'list') for (const item of node.items) visitContainers(item, update);
  if (node.kind !== 'map') return;
  for (const [name, value] of node.entries) {
    visitContainers(value, update);
    if ((name === 'containers' || name === 'initContainers') && value.kind === 'list')
      for (const item of value.items) update(child(item, 'image'));
  }
}

const TAG_AND_DIGEST = /(?::[\w.{}-]*)?(?:@sha256:[\w.{}-]*)?$/;

/** Undefined if the image is another one. */
function renamedImage(written: string, image: RenderNode): string | undefined {
  const [name, newName, newTag, newDigest, tagSuffix] = ['name', 'newName', 'newTag', 'digest', 'tagSuffix'].map(
    (field) => scalarText(child(image, field)),
  );
  // kustomize takes the name as a regular expression.
  const suffix = TAG_AND_DIGEST.exec(written)?.[0] ?? '';
  if (!matches(name, written.slice(0, written.length - suffix.length), 'whole') && !matches(name, written, 'whole'))
    return undefined;
  const path = written.slice(Math.max(written.indexOf('/'), 0));
  const found = /^([^:@]*)(?::([^@]*))?(?:@(.*))?$/s.exec(path);
  const base = newName === '' ? `${written.slice(0, written.length - path.length)}${found?.[1] ?? path}` : newName;
  const own: { tag: string; digest: string } = { tag: found?.[2] ?? '', digest: found?.[3] ?? '' };
  const replaced = newTag !== '' || newDigest !== '' ? { tag: newTag, digest: newDigest } : own;
  const { tag, digest } =
    replaced === own && tagSuffix !== '' ? { tag: `${own.tag}${tagSuffix}`, digest: '' } : replaced;
  return `${base}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
}
