import type { IpAddress } from '../address';
import { compareText } from '../finding/finding';
import { readIpAddress } from './address-text';
import { at, integer, list, member, nonEmpty, positive, textMap } from './json';
import { type LabelExpression, readLabelSelector } from './label-selector';
import { concat, flatMap } from './lists';
import { apiGroup, below, type FieldPath, type ModelObject } from './source-object';

/** Pods that one object makes from one description: a Pod, or a pod template of a controller. */
export interface Workload {
  readonly object: ModelObject;
  /** Where the object describes these pods; empty for a Pod itself. */
  readonly path: FieldPath;
  readonly namespace: string;
  /** Labels of the pods, not of the controller. */
  readonly labels: ReadonlyMap<string, string>;
  readonly containerPorts: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  /** `default` when unset (ServiceAccount admission). */
  readonly serviceAccount: string;
  /** `ClusterFirst` when unset. */
  readonly dnsPolicy: string;
  /** Undefined where the object does not say: one pod, or as many as an autoscaler or the nodes make it. */
  readonly replicas: number | undefined;
  /** The node that the pods ask for by its name, past the scheduler. */
  readonly nodeName: string | undefined;
  readonly nodeSelector: ReadonlyMap<string, string>;
  /** The terms of the required node affinity, of which one must hold; none without an affinity. */
  readonly nodeTerms: readonly (readonly LabelExpression[])[];
  /** The controller that made the object (`metadata.ownerReferences`). A kind that is not told is undefined. */
  readonly owner: { readonly kind: string | undefined; readonly name: string } | undefined;
  /** Addresses that a running pod has. */
  readonly podIps: readonly IpAddress[];
  /** Addresses of the node that it runs on. */
  readonly hostIps: readonly IpAddress[];
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly containerPort: number;
  readonly protocol: string;
  /** The port of the node that leads to it. In the network of the node every port is one of the node (SetDefaults_PodSpec). */
  readonly hostPort: number | undefined;
  /** Undefined: all addresses of the node. */
  readonly hostIp: string | undefined;
  readonly path: FieldPath;
}

/** Nothing for an object that makes no pods. Controllers are known by shape, so that custom ones count too. */
export function readWorkloads(object: ModelObject): readonly Workload[] {
  return podTemplatePaths(object).map((path) => readWorkload(object, path));
}

/**
 * Whether a workload has pods of its own beside those of its owner: a ReplicaSet that a Deployment of the input made is counted with that, and
 * one that was scaled to nothing is what is left of an earlier version.
 */
export function runsPods(objects: readonly ModelObject[]): (workload: Workload) => boolean {
  const deployments = new Set(
    objects.filter(({ ref }) => ref.kind === 'Deployment').map(({ ref }) => `${ref.namespace ?? ''}/${ref.name}`),
  );
  return ({ object, namespace, replicas, owner }) =>
    object.ref.kind !== 'ReplicaSet' ||
    (replicas !== 0 && !(owner?.kind === 'Deployment' && deployments.has(`${namespace}/${owner.name}`)));
}

function readWorkload(object: ModelObject, path: FieldPath): Workload {
  const template = at(object.manifest, ...path);
  const spec = member(template, 'spec');
  const hostNetwork = member(spec, 'hostNetwork') === true;
  // Sidecars are init containers that keep running: their ports count, those of other init containers do not (podutil.FindPort).
  const containers = concat(
    list(member(spec, 'containers')).map((container, index) => ({ container, field: ['containers', index] })),
    list(member(spec, 'initContainers'))
      .map((container, index) => ({ container, field: ['initContainers', index] }))
      .filter(({ container }) => member(container, 'restartPolicy') === 'Always'),
  );
  return {
    object,
    path,
    namespace: object.ref.namespace ?? 'default',
    labels: textMap(at(template, 'metadata', 'labels')),
    containerPorts: flatMap(containers, ({ container, field }) =>
      flatMap(list(member(container, 'ports')), (port, index) =>
        readContainerPort(port, hostNetwork, below(path, 'spec', ...field, 'ports', index)),
      ),
    ),
    hostNetwork,
    // The older name of the field is read where the newer one is not set (core/v1 conversion).
    serviceAccount:
      nonEmpty(member(spec, 'serviceAccountName')) ?? nonEmpty(member(spec, 'serviceAccount')) ?? 'default',
    dnsPolicy: nonEmpty(member(spec, 'dnsPolicy')) ?? 'ClusterFirst',
    // They are counted beside the template.
    replicas: integer(at(object.manifest, ...path.slice(0, -1), 'replicas')),
    nodeName: nonEmpty(member(spec, 'nodeName')),
    nodeSelector: textMap(member(spec, 'nodeSelector')),
    nodeTerms: list(
      at(spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'),
    ).map(readNodeTerm),
    owner: readOwner(object.manifest),
    podIps: path.length === 0 ? readIps(object.manifest, 'podIP', 'podIPs') : [],
    hostIps: path.length === 0 ? readIps(object.manifest, 'hostIP', 'hostIPs') : [],
  };
}

function readOwner(manifest: unknown): Workload['owner'] {
  const references = list(at(manifest, 'metadata', 'ownerReferences'));
  const reference = references.find((owner) => member(owner, 'controller') === true) ?? references[0];
  const name = nonEmpty(member(reference, 'name'));
  return name === undefined ? undefined : { kind: nonEmpty(member(reference, 'kind')), name };
}

function readIps(manifest: unknown, one: string, several: string): readonly IpAddress[] {
  const status = member(manifest, 'status');
  const written = [member(status, one), ...list(member(status, several)).map((entry) => member(entry, 'ip'))];
  const addresses = flatMap(written, (value) => readIpAddress(nonEmpty(value)) ?? []);
  return [...new Map(addresses.map((address) => [`${address.family}${String(address.value)}`, address])).values()];
}

/** Fields of a node, of which there is `metadata.name`, are told apart from labels by a dot in front. */
function readNodeTerm(term: unknown): readonly LabelExpression[] {
  const fields = readLabelSelector({ matchExpressions: member(term, 'matchFields') }).expressions;
  return concat(
    readLabelSelector({ matchExpressions: member(term, 'matchExpressions') }).expressions,
    fields.map((expression) => ({ ...expression, key: `.${expression.key}` })),
  );
}

/** KubeVirt runs each virtual machine in a pod, which gets its labels. */
function isVirtualMachine({ ref }: ModelObject): boolean {
  return apiGroup(ref.apiVersion) === 'kubevirt.io' && ['VirtualMachine', 'VirtualMachineInstance'].includes(ref.kind);
}

/** Where the object describes its pods. */
function podTemplatePaths(object: ModelObject): readonly FieldPath[] {
  const usual = podTemplatePath(object);
  // A custom controller with the usual template has, as a rule, no other.
  if (usual !== undefined) return [usual];
  const isController = !isOfKubernetes(object) && !NO_CONTROLLERS.has(apiGroup(object.ref.apiVersion));
  return isController ? templatesIn(member(object.manifest, 'spec')) : [];
}

/** Whose objects have one template at most. */
function isOfKubernetes({ ref }: ModelObject): boolean {
  const group = apiGroup(ref.apiVersion);
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Policies about objects describe pods that others make. */
const NO_CONTROLLERS: ReadonlySet<string> = new Set(['kyverno.io', 'policies.kyverno.io', 'templates.gatekeeper.sh']);

/** What the values in these fields are for is not known here. */
const OPAQUE: ReadonlySet<string> = new Set(['values', 'valuesObject', 'patches', 'pattern', 'overlay']);
const TEMPLATE_KEY = /[tT]emplate$/;
const DEEPEST = 7;
/** The spec of a controller is not larger. */
const MOST_VISITED = 2000;

/**
 * Every pod template under a key that says so: those of the groups of a RayCluster, of the roles of a PyTorchJob, of leader and workers.
 * An object inside of the spec is somebody else's.
 */
function templatesIn(spec: unknown): readonly FieldPath[] {
  const found: FieldPath[] = [];
  const path: (string | number)[] = ['spec'];
  let visited = 0;
  const visit = (value: unknown, isTemplate: boolean): void => {
    if (typeof value !== 'object' || value === null || ++visited > MOST_VISITED) return;
    if (isTemplate && hasContainers(value)) {
      found.push([...path]);
      return;
    }
    if (path.length === DEEPEST || (nonEmpty(member(value, 'kind')) && nonEmpty(member(value, 'apiVersion')))) return;
    for (const [key, child] of Object.entries(value)) {
      if (OPAQUE.has(key)) continue;
      path.push(Array.isArray(value) ? Number(key) : key);
      visit(child, TEMPLATE_KEY.test(key));
      path.pop();
    }
  };
  visit(spec, false);
  return found.sort((a, b) => compareText(a.join('.'), b.join('.')));
}

/** Where an object with one template has it; `[]` for a Pod itself. */
export function podTemplatePath(object: ModelObject): FieldPath | undefined {
  if (object.ref.kind === 'Pod' && object.ref.apiVersion === 'v1') return [];
  if (isVirtualMachine(object)) return object.ref.kind === 'VirtualMachine' ? TEMPLATE : [];
  const spec = member(object.manifest, 'spec');
  if (hasContainers(member(spec, 'template'))) return TEMPLATE;
  return hasContainers(at(spec, 'jobTemplate', 'spec', 'template')) ? JOB_TEMPLATE : undefined;
}

const TEMPLATE: FieldPath = ['spec', 'template'];
const JOB_TEMPLATE: FieldPath = ['spec', 'jobTemplate', 'spec', 'template'];

function hasContainers(template: unknown): boolean {
  return template !== undefined && Array.isArray(at(template, 'spec', 'containers'));
}

function readContainerPort(value: unknown, hostNetwork: boolean, path: FieldPath): readonly ContainerPort[] {
  const containerPort = positive(member(value, 'containerPort'));
  if (containerPort === undefined) return [];
  const hostIp = nonEmpty(member(value, 'hostIP'));
  return [
    {
      name: nonEmpty(member(value, 'name')),
      containerPort,
      protocol: nonEmpty(member(value, 'protocol')) ?? 'TCP',
      hostPort: positive(member(value, 'hostPort')) ?? (hostNetwork ? containerPort : undefined),
      hostIp: hostIp === '0.0.0.0' || hostIp === '::' ? undefined : hostIp,
      path,
    },
  ];
}
