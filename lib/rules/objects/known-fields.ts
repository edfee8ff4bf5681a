import { apiGroup, type ModelObject } from '../../model';

/** The fields of a mapping. `null` stands for a value whose inside is not looked at: texts, numbers, maps with any keys. */
export interface KnownFields {
  readonly [field: string]: FieldForm;
}

/** A value, a mapping, or a list of mappings. */
export type FieldForm = null | KnownFields | readonly [KnownFields];

function values(...fields: readonly string[]): Readonly<Record<string, null>> {
  return Object.fromEntries(fields.map((field) => [field, null]));
}

const OBJECT: KnownFields = {
  ...values('apiVersion', 'kind', 'status'),
  metadata: values(
    'annotations',
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'finalizers',
    'generateName',
    'generation',
    'labels',
    'managedFields',
    'name',
    'namespace',
    'ownerReferences',
    'resourceVersion',
    'selfLink',
    'uid',
  ),
};

const SERVICE: KnownFields = {
  ...OBJECT,
  spec: {
    ...values(
      'allocateLoadBalancerNodePorts',
      'clusterIP',
      'clusterIPs',
      'externalIPs',
      'externalName',
      'externalTrafficPolicy',
      'healthCheckNodePort',
      'internalTrafficPolicy',
      'ipFamilies',
      'ipFamilyPolicy',
      'loadBalancerClass',
      'loadBalancerIP',
      'loadBalancerSourceRanges',
      'publishNotReadyAddresses',
      'selector',
      'sessionAffinity',
      'trafficDistribution',
      'type',
    ),
    ports: [values('appProtocol', 'name', 'nodePort', 'port', 'protocol', 'targetPort')],
    sessionAffinityConfig: { clientIP: values('timeoutSeconds') },
  },
};

const INGRESS_BACKEND: KnownFields = {
  resource: values('apiGroup', 'kind', 'name'),
  service: { name: null, port: values('name', 'number') },
};

const INGRESS: KnownFields = {
  ...OBJECT,
  spec: {
    ingressClassName: null,
    defaultBackend: INGRESS_BACKEND,
    rules: [{ host: null, http: { paths: [{ ...values('path', 'pathType'), backend: INGRESS_BACKEND }] } }],
    tls: [values('hosts', 'secretName')],
  },
};

const LABEL_SELECTOR: KnownFields = { matchLabels: null, matchExpressions: [values('key', 'operator', 'values')] };
const POLICY_PEER: KnownFields = {
  ipBlock: values('cidr', 'except'),
  namespaceSelector: LABEL_SELECTOR,
  podSelector: LABEL_SELECTOR,
};
const POLICY_PORTS: FieldForm = [values('endPort', 'port', 'protocol')];

const NETWORK_POLICY: KnownFields = {
  ...OBJECT,
  spec: {
    podSelector: LABEL_SELECTOR,
    policyTypes: null,
    ingress: [{ from: [POLICY_PEER], ports: POLICY_PORTS }],
    egress: [{ to: [POLICY_PEER], ports: POLICY_PORTS }],
  },
};

const ENDPOINT_SLICE: KnownFields = {
  ...OBJECT,
  addressType: null,
  endpoints: [
    {
      ...values('addresses', 'deprecatedTopology', 'hostname', 'nodeName', 'targetRef', 'zone'),
      conditions: values('ready', 'serving', 'terminating'),
      hints: { forNodes: [values('name')], forZones: [values('name')] },
    },
  ],
  ports: [values('appProtocol', 'name', 'port', 'protocol')],
};

const IP_POOL: KnownFields = {
  ...OBJECT,
  spec: values(
    'allowedUses',
    'assignmentMode',
    'blockSize',
    'cidr',
    'disableBGPExport',
    'disabled',
    'ipip',
    'ipipMode',
    'namespaceSelector',
    'nat-outgoing',
    'natOutgoing',
    'nodeSelector',
    'vxlanMode',
  ),
};

/** By kind, with its API version: other versions have other fields. From k8s.io/api 0.36. */
const BY_KIND: ReadonlyMap<string, { readonly apiVersion: string; readonly fields: KnownFields }> = new Map([
  ['Service', { apiVersion: 'v1', fields: SERVICE }],
  ['Ingress', { apiVersion: 'networking.k8s.io/v1', fields: INGRESS }],
  ['NetworkPolicy', { apiVersion: 'networking.k8s.io/v1', fields: NETWORK_POLICY }],
  ['EndpointSlice', { apiVersion: 'discovery.k8s.io/v1', fields: ENDPOINT_SLICE }],
]);

/** Undefined for a kind whose fields are not known here. Those of an IPPool are from the CRDs of Calico 3.31. */
export function knownFieldsOf({ ref }: ModelObject): KnownFields | undefined {
  if (ref.kind === 'IPPool' && /^(crd\.)?projectcalico\.org$/.test(apiGroup(ref.apiVersion))) return IP_POOL;
  const known = BY_KIND.get(ref.kind);
  return known?.apiVersion === ref.apiVersion ? known.fields : undefined;
}

/** The mappings that have a field of each name, as paths without indexes: `spec.ingress.from`. */
export function placesOfFields(known: KnownFields): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const visit = (fields: KnownFields, path: readonly string[]): void => {
    for (const [field, form] of Object.entries(fields)) {
      places.set(field, [...(places.get(field) ?? []), path.join('.')]);
      const inner = form === null ? null : 0 in form ? form[0] : form;
      if (inner !== null) visit(inner as KnownFields, [...path, field]);
    }
  };
  visit(known, []);
  return places;
}
