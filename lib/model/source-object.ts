import { compareText, type FieldEdit, type Fix, type ObjectRef, type Origin } from '../finding/finding';
import type { FieldPart } from '../finding/problem';
import { list, member, nonEmpty, record, text } from './json';
import { concat, flatMap } from './lists';

/** A path inside an object: `['spec', 'ports', 0, 'nodePort']`. */
export type FieldPath = readonly (string | number)[];

/** The path of something under a path: as `[...path, ...steps]`, without the room that this leaves for more. */
export function below(path: FieldPath, ...steps: FieldPath): FieldPath {
  const all = new Array<string | number>(path.length + steps.length);
  for (let index = 0; index < path.length; index++) all[index] = path[index];
  for (let index = 0; index < steps.length; index++) all[path.length + index] = steps[index];
  return all;
}

/** The text that an object was read from. */
export interface SourceDocument {
  readonly file: string;
  /** Which document of the file, counted from 0. */
  readonly document: number;
  /** Where the object is in the document: empty, unless it is an item of a list. */
  readonly path: FieldPath;
}

/** Where a field is written: its value, or its key if that is what matters. A map or a list stands where its key does. */
export type Locate = (path: FieldPath, part?: FieldPart) => Origin;

/** What a rule says of a field. */
export interface Saying {
  readonly code: string;
  readonly field: FieldPath;
  readonly message: string;
  readonly help: string;
}

/** The same in words of somebody who did not write the fields themselves. */
export type Wording = (saying: Saying) => Pick<Saying, 'message' | 'help'>;

/** A Kubernetes object as it was found, with a way to say where a field of it was written. */
export interface SourceObject {
  /** Plain JSON. Nothing about its shape is trusted. */
  readonly manifest: unknown;
  /** Where the field was written; where the object was, if the field is absent. Called only for what is reported. */
  readonly locate: Locate;
  /** Absent for what no file says, such as the objects of an app. */
  readonly source?: SourceDocument;
  /** Absent where the author wrote the fields. */
  readonly wording?: Wording;
}

/** A source object with its identity read. */
export interface ModelObject {
  readonly ref: ObjectRef;
  readonly manifest: unknown;
  readonly locate: Locate;
  /** How many objects came before it. It says nothing but which objects may be of one file: those are quickly located one after the other. */
  readonly position: number;
  readonly source?: SourceDocument;
  readonly wording?: Wording;
}

const CALICO_CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'BGPConfiguration',
  'BGPFilter',
  'BGPPeer',
  'BlockAffinity',
  'ClusterInformation',
  'FelixConfiguration',
  'GlobalNetworkPolicy',
  'GlobalNetworkSet',
  'HostEndpoint',
  'IPAMBlock',
  'IPAMConfig',
  'IPAMConfiguration',
  'IPAMHandle',
  'IPPool',
  'IPReservation',
  'KubeControllersConfiguration',
  'Tier',
]);

/** Kinds whose objects have no namespace, by API group (`''` is core). */
const CLUSTER_SCOPED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['', new Set(['Namespace', 'Node', 'PersistentVolume', 'ComponentStatus'])],
  ['rbac.authorization.k8s.io', new Set(['ClusterRole', 'ClusterRoleBinding'])],
  ['apiextensions.k8s.io', new Set(['CustomResourceDefinition'])],
  ['networking.k8s.io', new Set(['IngressClass', 'ServiceCIDR', 'IPAddress'])],
  ['gateway.networking.k8s.io', new Set(['GatewayClass'])],
  ['networking.x-k8s.io', new Set(['GatewayClass'])],
  ['policy.networking.k8s.io', new Set(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])],
  ['crd.antrea.io', new Set(['ClusterNetworkPolicy'])],
  ['projectcalico.org', CALICO_CLUSTER_SCOPED],
  ['crd.projectcalico.org', CALICO_CLUSTER_SCOPED],
  ['operator.tigera.io', new Set(['Installation', 'APIServer', 'ImageSet', 'TigeraStatus', 'Goldmane', 'Whisker'])],
  [
    'cilium.io',
    new Set([
      'CiliumBGPAdvertisement',
      'CiliumBGPClusterConfig',
      'CiliumBGPNodeConfigOverride',
      'CiliumBGPPeerConfig',
      'CiliumBGPPeeringPolicy',
      'CiliumCIDRGroup',
      'CiliumClusterwideEnvoyConfig',
      'CiliumClusterwideNetworkPolicy',
      'CiliumEgressGatewayPolicy',
      'CiliumIdentity',
      'CiliumL2AnnouncementPolicy',
      'CiliumLoadBalancerIPPool',
      'CiliumNode',
      'CiliumPodIPPool',
    ]),
  ],
  ['storage.k8s.io', new Set(['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment'])],
  ['scheduling.k8s.io', new Set(['PriorityClass'])],
  ['node.k8s.io', new Set(['RuntimeClass'])],
  ['policy', new Set(['PodSecurityPolicy'])],
  ['certificates.k8s.io', new Set(['CertificateSigningRequest'])],
  ['flowcontrol.apiserver.k8s.io', new Set(['FlowSchema', 'PriorityLevelConfiguration'])],
  [
    'admissionregistration.k8s.io',
    new Set([
      'ValidatingWebhookConfiguration',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
    ]),
  ],
  ['apiregistration.k8s.io', new Set(['APIService'])],
]);

export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The items of a `List`, which kubectl applies one by one, each with its own places; any other object is itself. */
export function listItems(source: SourceObject): readonly SourceObject[] {
  if (!text(member(source.manifest, 'kind'))?.endsWith('List')) return [source];
  return flatMap(list(member(source.manifest, 'items')), (item, index) =>
    listItems({
      manifest: item,
      locate: (path, part) => source.locate(['items', index, ...path], part),
      source: itemOf(source.source, index),
    }),
  );
}

/** The text of an item of a list. */
export function itemOf(list: SourceDocument | undefined, index: number): SourceDocument | undefined {
  return list && { ...list, path: below(list.path, 'items', index) };
}

/** Changes of an object as a fix of the text that it was read from. */
export function fixOf(source: SourceDocument | undefined, edits: readonly FieldEdit[] | undefined): Fix | undefined {
  if (source === undefined || edits === undefined) return undefined;
  const { file, document, path } = source;
  return { file, document, edits: edits.map((edit) => ({ ...edit, field: concat(path, edit.field) })) };
}

export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return CLUSTER_SCOPED.get(apiGroup(apiVersion))?.has(kind) ?? false;
}

/** Undefined when there is no apiVersion, kind or name: such a document is not an object of the network. */
export function modelObject(source: SourceObject, position = 0): ModelObject | undefined {
  const manifest = record(source.manifest);
  const apiVersion = text(member(manifest, 'apiVersion'));
  const kind = text(member(manifest, 'kind'));
  const metadata = member(manifest, 'metadata');
  const name = nonEmpty(member(metadata, 'name'));
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const clusterScoped = isClusterScoped(apiVersion, kind);
  // An unset namespace is the one of the kubectl context, which is `default` unless somebody changed it.
  const namespace = clusterScoped ? null : (nonEmpty(member(metadata, 'namespace')) ?? 'default');
  return {
    ref: { apiVersion, kind, namespace, name },
    manifest,
    locate: source.locate,
    source: source.source,
    wording: source.wording,
    position,
  };
}

/** Whether it says itself in which namespace it goes; else kubectl, kustomize, Flux or Argo CD may say it. */
export function statesNamespace({ manifest }: ModelObject): boolean {
  return nonEmpty(member(member(manifest, 'metadata'), 'namespace')) !== undefined;
}

/** Whether it was read from a cluster: the API server alone sets a uid. */
export function isReadFromCluster({ manifest }: ModelObject): boolean {
  return nonEmpty(member(member(manifest, 'metadata'), 'uid')) !== undefined;
}

/** Same object for the API server: the version of the group does not matter, `v1` and `v1beta1` are two views of one object. */
export function identityOf(ref: ObjectRef): string {
  return `${apiGroup(ref.apiVersion)}\0${ref.kind}\0${ref.namespace ?? ''}\0${ref.name}`;
}

/** Whether two references have one identity. */
export function isSameObject(a: ObjectRef, b: ObjectRef): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.namespace === b.namespace &&
    (a.apiVersion === b.apiVersion || apiGroup(a.apiVersion) === apiGroup(b.apiVersion))
  );
}

export function compareObjects(a: ModelObject, b: ModelObject): number {
  return (
    compareText(a.ref.kind, b.ref.kind) ||
    compareText(a.ref.namespace ?? '', b.ref.namespace ?? '') ||
    compareText(a.ref.name, b.ref.name) ||
    compareText(a.ref.apiVersion, b.ref.apiVersion) ||
    compareText(originText(a), originText(b))
  );
}

/** Tells apart objects that are defined twice, so that their order does not depend on the order of the input. */
function originText(object: ModelObject): string {
  const { file, line, column, construct } = object.locate([]);
  return [file ?? '', padded(line), padded(column), construct ?? ''].join('\0');
}

function padded(number: number | null): string {
  return String(number ?? '').padStart(9, '0');
}
