import { compareText, type ObjectRef, type Origin } from '../finding/finding';
import { member, record, text } from './json';

/** A path inside an object: `['spec', 'ports', 0, 'nodePort']`. */
export type FieldPath = readonly (string | number)[];

/** A Kubernetes object as it was found, with a way to say where a field of it was written. */
export interface SourceObject {
  /** Plain JSON. Nothing about its shape is trusted. */
  readonly manifest: unknown;
  /** Where the field was written; where the object was, if the field is absent. Called only for what is reported. */
  readonly locate: (path: FieldPath) => Origin;
}

/** A source object with its identity read. */
export interface ModelObject {
  readonly ref: ObjectRef;
  readonly manifest: unknown;
  readonly locate: (path: FieldPath) => Origin;
}

/** Kinds whose objects have no namespace, by API group (`''` is core). */
const CLUSTER_SCOPED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['', new Set(['Namespace', 'Node', 'PersistentVolume'])],
  ['rbac.authorization.k8s.io', new Set(['ClusterRole', 'ClusterRoleBinding'])],
  ['apiextensions.k8s.io', new Set(['CustomResourceDefinition'])],
  ['networking.k8s.io', new Set(['IngressClass', 'ServiceCIDR', 'IPAddress'])],
  ['gateway.networking.k8s.io', new Set(['GatewayClass'])],
  [
    'projectcalico.org',
    new Set(['IPPool', 'IPReservation', 'BGPConfiguration', 'BGPPeer', 'FelixConfiguration', 'GlobalNetworkPolicy']),
  ],
  ['crd.projectcalico.org', new Set(['IPPool', 'IPReservation', 'BGPConfiguration', 'BGPPeer', 'GlobalNetworkPolicy'])],
  ['operator.tigera.io', new Set(['Installation', 'APIServer'])],
  ['cilium.io', new Set(['CiliumLoadBalancerIPPool', 'CiliumPodIPPool', 'CiliumClusterwideNetworkPolicy'])],
  ['storage.k8s.io', new Set(['StorageClass', 'CSIDriver'])],
  ['scheduling.k8s.io', new Set(['PriorityClass'])],
  ['admissionregistration.k8s.io', new Set(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'])],
  ['apiregistration.k8s.io', new Set(['APIService'])],
]);

export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Undefined when there is no apiVersion, kind or name: such a document is not an object of the network. */
export function modelObject(source: SourceObject): ModelObject | undefined {
  const manifest = record(source.manifest);
  const apiVersion = text(member(manifest, 'apiVersion'));
  const kind = text(member(manifest, 'kind'));
  const metadata = member(manifest, 'metadata');
  const name = text(member(metadata, 'name'));
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const clusterScoped = CLUSTER_SCOPED.get(apiGroup(apiVersion))?.has(kind) ?? false;
  // An unset namespace is the one of the kubectl context, which is `default` unless somebody changed it.
  const namespace = clusterScoped ? null : (text(member(metadata, 'namespace')) ?? 'default');
  return { ref: { apiVersion, kind, namespace, name }, manifest, locate: source.locate };
}

/** Same object for the API server: the version of the group does not matter, `v1` and `v1beta1` are two views of one object. */
export function identityOf(ref: ObjectRef): string {
  return [apiGroup(ref.apiVersion), ref.kind, ref.namespace ?? '', ref.name].join('\0');
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
  return [file ?? '', String(line ?? '').padStart(9, '0'), String(column ?? ''), construct ?? ''].join('\0');
}
