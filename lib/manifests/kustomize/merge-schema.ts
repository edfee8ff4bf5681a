/**
 * Which lists strategic merge patches merge, and by which keys: `x-kubernetes-patch-strategy`, `x-kubernetes-patch-merge-key` and
 * `x-kubernetes-list-map-keys` of the OpenAPI of Kubernetes 1.21, which kustomize 5 carries. All other lists are replaced.
 */
export interface MergeSchema {
  readonly fields?: ReadonlyMap<string, MergeSchema>;
  /** Of what a list is a list of. */
  readonly element?: MergeSchema;
  /** Keys of the elements of a list that is merged; none for a list of scalars. */
  readonly keys?: readonly string[];
}

function mergedBy(keys: readonly string[], element?: MergeSchema): MergeSchema {
  return { keys, element };
}

function withFields(fields: Readonly<Record<string, MergeSchema>>): MergeSchema {
  return { fields: new Map(Object.entries(fields)) };
}

const META: MergeSchema = withFields({ finalizers: mergedBy([]), ownerReferences: mergedBy(['uid']) });

const CONTAINER: MergeSchema = withFields({
  env: mergedBy(['name']),
  ports: mergedBy(['containerPort', 'protocol']),
  volumeDevices: mergedBy(['devicePath']),
  volumeMounts: mergedBy(['mountPath']),
});

const EPHEMERAL_CONTAINER: MergeSchema = withFields({
  env: mergedBy(['name']),
  volumeDevices: mergedBy(['devicePath']),
  volumeMounts: mergedBy(['mountPath']),
});

const POD_SPEC: MergeSchema = withFields({
  containers: mergedBy(['name'], CONTAINER),
  ephemeralContainers: mergedBy(['name'], EPHEMERAL_CONTAINER),
  hostAliases: mergedBy(['ip']),
  imagePullSecrets: mergedBy(['name']),
  initContainers: mergedBy(['name'], CONTAINER),
  topologySpreadConstraints: mergedBy(['topologyKey', 'whenUnsatisfiable']),
  volumes: mergedBy(['name']),
});

const POD: MergeSchema = withFields({ metadata: META, spec: POD_SPEC });

function withSpec(fields: Readonly<Record<string, MergeSchema>>): MergeSchema {
  return withFields({ metadata: META, spec: withFields(fields) });
}

const WORKLOAD = withSpec({ template: POD });
const WEBHOOKS: MergeSchema = withFields({ metadata: META, webhooks: mergedBy(['name']) });

/** By group and kind; built-in kinds that are not here merge the lists of their metadata. */
const SCHEMAS: ReadonlyMap<string, MergeSchema> = new Map([
  ['/Pod', POD],
  ['/PodTemplate', withFields({ metadata: META, template: POD })],
  ['/ReplicationController', WORKLOAD],
  ['/Service', withSpec({ ports: mergedBy(['port', 'protocol']) })],
  ['/ServiceAccount', withFields({ metadata: META, secrets: mergedBy(['name']) })],
  ['/Node', withSpec({ podCIDRs: mergedBy([]) })],
  ['apps/DaemonSet', WORKLOAD],
  ['apps/Deployment', WORKLOAD],
  ['apps/ReplicaSet', WORKLOAD],
  ['apps/StatefulSet', withSpec({ template: POD, volumeClaimTemplates: { element: withFields({ metadata: META }) } })],
  ['batch/CronJob', withSpec({ jobTemplate: withFields({ metadata: META, spec: withFields({ template: POD }) }) })],
  ['batch/Job', WORKLOAD],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', WEBHOOKS],
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', WEBHOOKS],
]);

const BUILT_IN_GROUPS: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

/** Undefined for kinds that kustomize knows nothing of: all their lists are replaced. */
export function mergeSchemaOf(group: string, kind: string): MergeSchema | undefined {
  return SCHEMAS.get(`${group}/${kind}`) ?? (BUILT_IN_GROUPS.has(group) ? withFields({ metadata: META }) : undefined);
}
