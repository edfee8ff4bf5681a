import {
  ANY_LIST,
  ANY_OTHER,
  type FieldForm,
  type FieldsByKind,
  type KnownFields,
  LABEL_SELECTOR,
  OBJECT,
  scalars,
  values,
} from './field-form';

const EXEC: KnownFields = { command: ANY_LIST };
const HTTP_GET: KnownFields = {
  ...scalars('text', 'host', 'path', 'scheme'),
  httpHeaders: [scalars('text', 'name', 'value')],
  port: null,
};
const TCP_SOCKET: KnownFields = { host: 'text', port: null };

const PROBE: KnownFields = {
  ...scalars(
    'number',
    'failureThreshold',
    'initialDelaySeconds',
    'periodSeconds',
    'successThreshold',
    'terminationGracePeriodSeconds',
    'timeoutSeconds',
  ),
  exec: EXEC,
  grpc: { port: null, service: 'text' },
  httpGet: HTTP_GET,
  tcpSocket: TCP_SOCKET,
};

const HANDLER: KnownFields = { exec: EXEC, httpGet: HTTP_GET, sleep: { seconds: 'number' }, tcpSocket: TCP_SOCKET };

const CONTAINER: KnownFields = {
  ...values(
    'args',
    'command',
    'env',
    'envFrom',
    'imagePullPolicy',
    'resizePolicy',
    'resources',
    'restartPolicy',
    'restartPolicyRules',
    'securityContext',
    'stdin',
    'stdinOnce',
    'terminationMessagePath',
    'terminationMessagePolicy',
    'tty',
    'volumeDevices',
    'volumeMounts',
    'workingDir',
  ),
  ...scalars('text', 'image', 'name'),
  lifecycle: { postStart: HANDLER, preStop: HANDLER, stopSignal: null },
  livenessProbe: PROBE,
  ports: [values('containerPort', 'hostIP', 'hostPort', 'name', 'protocol')],
  readinessProbe: PROBE,
  startupProbe: PROBE,
};

const POD_SPEC: KnownFields = {
  ...values(
    'activeDeadlineSeconds',
    'affinity',
    'automountServiceAccountToken',
    'dnsPolicy',
    'enableServiceLinks',
    'ephemeralContainers',
    'hostname',
    'imagePullSecrets',
    'nodeName',
    'nodeSelector',
    'os',
    'overhead',
    'preemptionPolicy',
    'priority',
    'priorityClassName',
    'resourceClaims',
    'resources',
    'restartPolicy',
    'runtimeClassName',
    'schedulerName',
    'schedulingGates',
    'schedulingGroup',
    'securityContext',
    'serviceAccount',
    'serviceAccountName',
    'shareProcessNamespace',
    'subdomain',
    'terminationGracePeriodSeconds',
    'tolerations',
    'topologySpreadConstraints',
    'volumes',
    'workloadRef',
  ),
  ...scalars('boolean', 'hostIPC', 'hostNetwork', 'hostPID', 'hostUsers', 'setHostnameAsFQDN'),
  containers: [CONTAINER],
  dnsConfig: { nameservers: ANY_LIST, options: [scalars('text', 'name', 'value')], searches: ANY_LIST },
  hostAliases: [{ hostnames: ANY_LIST, ip: null }],
  hostnameOverride: null,
  initContainers: [CONTAINER],
  readinessGates: [scalars('text', 'conditionType')],
};

const TEMPLATE: FieldForm = { metadata: OBJECT.metadata, spec: POD_SPEC };
const CONTROLLER_SPEC: KnownFields = { [ANY_OTHER]: null, replicas: 'number', template: TEMPLATE };
const SELECTING_SPEC: KnownFields = {
  ...CONTROLLER_SPEC,
  selector: { ...LABEL_SELECTOR, matchLabels: { [ANY_OTHER]: null } },
};
const JOB_SPEC: KnownFields = { [ANY_OTHER]: null, template: TEMPLATE };

/** Pods, and what makes pods, as far as the network asks for it. From k8s.io/api 0.36. */
export const POD_FIELDS: FieldsByKind = {
  'v1 Pod': { ...OBJECT, spec: POD_SPEC },
  'v1 ReplicationController': { ...OBJECT, spec: CONTROLLER_SPEC },
  ...Object.fromEntries(
    ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'].map((kind) => [
      `apps/v1 ${kind}`,
      { ...OBJECT, spec: SELECTING_SPEC },
    ]),
  ),
  'batch/v1 Job': { ...OBJECT, spec: JOB_SPEC },
  'batch/v1 CronJob': { ...OBJECT, spec: { [ANY_OTHER]: null, jobTemplate: { [ANY_OTHER]: null, spec: JOB_SPEC } } },
};
