import { apiGroup, at, type JsonRecord, list, member, type ModelObject, positive, record, text } from '../model';
import { own } from '../syntax/own-member';

/**
 * What the API server fills in when a field is left out (k8s.io/kubernetes/pkg/apis, defaults.go, the defaults of the CRDs of the Gateway
 * API, Calico and MetalLB), for the record at a place of the schema. Other fields count as they are written.
 */
export function defaultsAt(object: ModelObject, place: string, value: JsonRecord): JsonRecord {
  const defaults = DEFAULTS.get(`${apiGroup(object.ref.apiVersion)}/${object.ref.kind}`);
  const ofKind = defaults && own(defaults, place)?.(value);
  const pod = podPlace(object, place);
  return pod === undefined ? (ofKind ?? {}) : { ...own(POD_DEFAULTS, pod)?.(value), ...ofKind };
}

type Defaults = Readonly<Record<string, (value: JsonRecord) => JsonRecord>>;

const POD_DEFAULTS: Defaults = {
  spec: () => ({
    dnsPolicy: 'ClusterFirst',
    hostNetwork: false,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
  }),
  'spec.containers.ports': () => ({ protocol: 'TCP' }),
  'spec.initContainers.ports': () => ({ protocol: 'TCP' }),
};

const TEMPLATES = ['spec.template.', 'spec.jobTemplate.spec.template.'];

/** The place inside of a pod: `spec.template.spec` of a Deployment is `spec`. */
export function podPlace({ ref }: ModelObject, place: string): string | undefined {
  if (ref.kind === 'Pod') return place;
  const template = TEMPLATES.find((prefix) => place.startsWith(prefix));
  return template === undefined ? undefined : place.slice(template.length);
}

const CONTROLLER = { replicas: 1, revisionHistoryLimit: 10 };
const ROUTE: Defaults = {
  'spec.parentRefs': () => ({ group: 'gateway.networking.k8s.io', kind: 'Gateway' }),
  'spec.rules.backendRefs': () => ({ group: '', kind: 'Service', weight: 1 }),
};

const DEFAULTS: ReadonlyMap<string, Defaults> = new Map<string, Defaults>([
  ['/Service', { spec: serviceDefaults, 'spec.ports': ({ port }) => ({ protocol: 'TCP', targetPort: port }) }],
  ['/Endpoints', { 'subsets.ports': () => ({ protocol: 'TCP' }) }],
  ['discovery.k8s.io/EndpointSlice', { ports: () => ({ protocol: 'TCP', name: '' }) }],
  ['apps/Deployment', { spec: () => ({ ...CONTROLLER, progressDeadlineSeconds: 600 }) }],
  ['apps/ReplicaSet', { spec: () => ({ replicas: 1 }) }],
  [
    'apps/StatefulSet',
    {
      spec: () => ({ ...CONTROLLER, podManagementPolicy: 'OrderedReady' }),
      'spec.volumeClaimTemplates': () => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' }),
      'spec.volumeClaimTemplates.spec': () => ({ volumeMode: 'Filesystem' }),
    },
  ],
  ['apps/DaemonSet', { spec: () => ({ revisionHistoryLimit: 10 }) }],
  ['batch/CronJob', { spec: () => ({ concurrencyPolicy: 'Allow', suspend: false }) }],
  ['batch/Job', { spec: () => ({ completionMode: 'NonIndexed', suspend: false }) }],
  [
    'networking.k8s.io/NetworkPolicy',
    {
      spec: (spec) => ({
        podSelector: {},
        policyTypes: list(spec.egress).length > 0 ? ['Ingress', 'Egress'] : ['Ingress'],
      }),
      'spec.ingress.ports': () => ({ protocol: 'TCP' }),
      'spec.egress.ports': () => ({ protocol: 'TCP' }),
    },
  ],
  [
    'gateway.networking.k8s.io/Gateway',
    {
      'spec.listeners': () => ({ allowedRoutes: {} }),
      'spec.listeners.allowedRoutes': () => ({ namespaces: {} }),
      'spec.listeners.allowedRoutes.namespaces': () => ({ from: 'Same' }),
    },
  ],
  [
    'gateway.networking.k8s.io/HTTPRoute',
    { ...ROUTE, 'spec.rules': () => ({ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }) },
  ],
  ...['GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map((kind): [string, Defaults] => [
    `gateway.networking.k8s.io/${kind}`,
    ROUTE,
  ]),
  ['projectcalico.org/IPPool', { spec: ipPoolDefaults }],
  ['metallb.io/IPAddressPool', { spec: () => ({ autoAssign: true, avoidBuggyIPs: false }) }],
]);

function serviceDefaults(spec: JsonRecord): JsonRecord {
  const type = text(spec.type) ?? 'ClusterIP';
  const outside = type === 'NodePort' || type === 'LoadBalancer';
  const clusterIp = spec.clusterIP ?? at(spec, 'clusterIPs', 0);
  return {
    type,
    sessionAffinity: 'None',
    publishNotReadyAddresses: false,
    ...(type !== 'ExternalName' && { internalTrafficPolicy: 'Cluster' }),
    ...(outside && { externalTrafficPolicy: 'Cluster' }),
    ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
    ...(typeof clusterIp === 'string' && clusterIp !== '' && { clusterIP: clusterIp }),
  };
}

function ipPoolDefaults(spec: JsonRecord): JsonRecord {
  return {
    blockSize: text(spec.cidr)?.includes(':') === true ? 122 : 26,
    ipipMode: 'Never',
    vxlanMode: 'Never',
    natOutgoing: false,
    disabled: false,
    disableBGPExport: false,
    nodeSelector: 'all()',
    allowedUses: ['Workload', 'Tunnel'],
    assignmentMode: 'Automatic',
  };
}

/** Lists whose order means nothing, by the name of the field. */
const SETS: ReadonlySet<string> = new Set([
  ...['externalIPs', 'loadBalancerSourceRanges', 'hosts', 'hostnames', 'policyTypes', 'finalizers', 'accessModes'],
  ...['ingress', 'egress', 'from', 'to', 'except', 'matchExpressions', 'values', 'tolerations', 'allowedUses'],
  ...['parentRefs', 'backendRefs', 'ipAddressPools', 'endpoints', 'subsets', 'reservedCIDRs', 'tls', 'addresses'],
  ...['blocks', 'serviceClusterIPs', 'serviceExternalIPs', 'serviceLoadBalancerIPs', 'notReadyAddresses'],
]);

/** What tells the items of a list apart, by the name of the field: the keys by which the API server merges it. */
const KEYS: ReadonlyMap<string, (item: unknown) => string | undefined> = new Map([
  ...['containers', 'initContainers', 'volumes', 'env', 'listeners', 'imagePullSecrets'].map(
    (field): [string, (item: unknown) => string | undefined] => [field, (item) => text(member(item, 'name'))],
  ),
  ['ports', portKey],
  ['rules', (item: unknown) => (member(item, 'http') === undefined ? undefined : (text(member(item, 'host')) ?? '*'))],
  [
    'paths',
    (item: unknown) =>
      [member(item, 'path') ?? '/', member(item, 'pathType')].filter((part) => typeof part === 'string').join(' '),
  ],
  ['volumeMounts', (item: unknown) => text(member(item, 'mountPath'))],
  ['hostAliases', (item: unknown) => text(member(item, 'ip'))],
  ['ipPools', (item: unknown) => text(member(item, 'name')) ?? text(member(item, 'cidr'))],
  ['volumeClaimTemplates', (item: unknown) => text(at(item, 'metadata', 'name'))],
]);

function portKey(item: unknown): string | undefined {
  const port = positive(member(item, 'containerPort')) ?? positive(member(item, 'port'));
  return port === undefined ? undefined : `${port}/${text(member(item, 'protocol')) ?? 'TCP'}`;
}

/** `set`, the keys of the items, or undefined for a list whose order counts. Lists with a key missing or twice are sets. */
export function listOrder(field: string, items: readonly unknown[]): 'set' | readonly string[] | undefined {
  if (SETS.has(field)) return 'set';
  const keyOf = KEYS.get(field);
  if (keyOf === undefined || !items.every((item) => record(item) !== undefined)) return undefined;
  const keys = items.map(keyOf);
  const known = keys.filter((key) => key !== undefined);
  // The rules of a route are no set: of two that match the same, the first counts.
  if (known.length === 0 && field === 'rules') return undefined;
  return known.length === items.length && new Set(known).size === items.length ? known : 'set';
}
