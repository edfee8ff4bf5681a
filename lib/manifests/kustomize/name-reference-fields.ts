import { concat, flatMap } from '../../model/lists';
import type { FieldSpec } from './fields';
import type { ResourceId } from './resource';

/** Fields that hold the name of an object of a kind: they change when its name does. */
export interface NameReference {
  readonly target: Partial<Pick<ResourceId, 'group' | 'version' | 'kind'>>;
  readonly fields: readonly FieldSpec[];
}

/** Where the pods of a kind are described. */
const POD_SPECS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Pod: 'spec',
    PodTemplate: 'template/spec',
    Deployment: 'spec/template/spec',
    ReplicaSet: 'spec/template/spec',
    ReplicationController: 'spec/template/spec',
    DaemonSet: 'spec/template/spec',
    StatefulSet: 'spec/template/spec',
    Job: 'spec/template/spec',
    CronJob: 'spec/jobTemplate/spec/template/spec',
  }),
);

const WITH_VOLUMES = ['Pod', 'PodTemplate', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'];
const WITH_OTHERS = ['Pod', 'StatefulSet', 'Deployment', 'ReplicationController', 'CronJob', 'Job', 'DaemonSet'];

function inPods(kinds: readonly string[], paths: readonly string[]): readonly FieldSpec[] {
  return flatMap(kinds, (kind) =>
    paths.map((path): FieldSpec => ({
      kind,
      version: kind === 'Pod' ? 'v1' : '',
      path: `${POD_SPECS.get(kind) ?? ''}/${path}`,
    })),
  );
}

function inContainers(field: string): readonly string[] {
  return [`containers/${field}`, `initContainers/${field}`];
}

function of(kind: string, ...paths: readonly string[]): readonly FieldSpec[] {
  return paths.map((path) => ({ kind, path }));
}

const RBAC = 'rbac.authorization.k8s.io';
const WEBHOOKS = 'admissionregistration.k8s.io';
const SCALED = of('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name');

/** The defaults of kustomize (`builtinpluginconsts/namereference.go`), except for those that never match. */
export const NAME_REFERENCES: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    target: { kind },
    fields: SCALED,
  })),
  {
    target: { kind: 'ConfigMap', version: 'v1' },
    fields: concat(
      inPods(WITH_VOLUMES, [
        'volumes/configMap/name',
        ...inContainers('env/valueFrom/configMapKeyRef/name'),
        ...inContainers('envFrom/configMapRef/name'),
        'volumes/projected/sources/configMap/name',
      ]),
      of('Node', 'spec/configSource/configMap'),
      of('Role', 'rules/resourceNames'),
      of('ClusterRole', 'rules/resourceNames'),
      of('Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap'),
    ),
  },
  {
    target: { kind: 'Secret', version: 'v1' },
    fields: [
      ...inPods(WITH_VOLUMES, [
        'volumes/secret/secretName',
        ...inContainers('env/valueFrom/secretKeyRef/name'),
        ...inContainers('envFrom/secretRef/name'),
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ]),
      ...of(
        'Ingress',
        'spec/tls/secretName',
        'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
      ),
      ...of('ServiceAccount', 'imagePullSecrets/name'),
      ...of(
        'StorageClass',
        'parameters/secretName',
        'parameters/adminSecretName',
        'parameters/userSecretName',
        'parameters/secretRef',
      ),
      ...of('Role', 'rules/resourceNames'),
      ...of('ClusterRole', 'rules/resourceNames'),
      {
        kind: 'Service',
        group: 'serving.knative.dev',
        version: 'v1',
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
      },
      ...of('PersistentVolume', 'spec/azureFile/secretName'),
    ],
  },
  {
    target: { kind: 'Service', version: 'v1' },
    fields: [
      { kind: 'StatefulSet', group: 'apps', path: 'spec/serviceName' },
      ...of(
        'Ingress',
        'spec/rules/http/paths/backend/serviceName',
        'spec/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/defaultBackend/service/name',
      ),
      { kind: 'APIService', group: 'apiregistration.k8s.io', path: 'spec/service/name' },
      { kind: 'ValidatingWebhookConfiguration', group: WEBHOOKS, path: 'webhooks/clientConfig/service' },
      { kind: 'MutatingWebhookConfiguration', group: WEBHOOKS, path: 'webhooks/clientConfig/service' },
    ],
  },
  { target: { kind: 'Role', group: RBAC }, fields: [{ kind: 'RoleBinding', group: RBAC, path: 'roleRef/name' }] },
  {
    target: { kind: 'ClusterRole', group: RBAC },
    fields: [
      { kind: 'RoleBinding', group: RBAC, path: 'roleRef/name' },
      { kind: 'ClusterRoleBinding', group: RBAC, path: 'roleRef/name' },
    ],
  },
  {
    target: { kind: 'ServiceAccount', version: 'v1' },
    fields: [
      { kind: 'RoleBinding', group: RBAC, path: 'subjects' },
      { kind: 'ClusterRoleBinding', group: RBAC, path: 'subjects' },
      ...inPods(WITH_OTHERS, ['serviceAccountName']),
    ],
  },
  {
    target: { kind: 'PersistentVolumeClaim', version: 'v1' },
    fields: inPods(WITH_OTHERS, ['volumes/persistentVolumeClaim/claimName']),
  },
  {
    target: { kind: 'PersistentVolume', version: 'v1' },
    fields: concat(of('PersistentVolumeClaim', 'spec/volumeName'), of('ClusterRole', 'rules/resourceNames')),
  },
  {
    target: { kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io' },
    fields: concat(
      of('PersistentVolume', 'spec/storageClassName'),
      of('PersistentVolumeClaim', 'spec/storageClassName'),
      of('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
    ),
  },
  {
    target: { kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io' },
    fields: inPods(WITH_OTHERS, ['priorityClassName']),
  },
  {
    target: { kind: 'ValidatingAdmissionPolicy', group: WEBHOOKS },
    fields: [{ kind: 'ValidatingAdmissionPolicyBinding', group: WEBHOOKS, path: 'spec/policyName' }],
  },
];
