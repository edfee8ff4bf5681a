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
import { POD_FIELDS } from './pods';

const SERVICE: KnownFields = {
  ...OBJECT,
  spec: {
    ...values(
      'clusterIP',
      'externalName',
      'externalTrafficPolicy',
      'healthCheckNodePort',
      'internalTrafficPolicy',
      'ipFamilyPolicy',
      'loadBalancerClass',
      'selector',
      'sessionAffinity',
      'trafficDistribution',
      'type',
    ),
    ...scalars('boolean', 'allocateLoadBalancerNodePorts', 'publishNotReadyAddresses'),
    clusterIPs: ANY_LIST,
    externalIPs: ANY_LIST,
    ipFamilies: ANY_LIST,
    loadBalancerIP: 'text',
    loadBalancerSourceRanges: ANY_LIST,
    ports: [values('appProtocol', 'name', 'nodePort', 'port', 'protocol', 'targetPort')],
    sessionAffinityConfig: { clientIP: values('timeoutSeconds') },
  },
};

const INGRESS_BACKEND: KnownFields = {
  resource: scalars('text', 'apiGroup', 'kind', 'name'),
  service: { name: 'text', port: { name: 'text', number: 'number' } },
};

const INGRESS: KnownFields = {
  ...OBJECT,
  spec: {
    ingressClassName: 'text',
    defaultBackend: INGRESS_BACKEND,
    rules: [{ host: 'text', http: { paths: [{ ...scalars('text', 'path', 'pathType'), backend: INGRESS_BACKEND }] } }],
    tls: [{ hosts: ['text'], secretName: 'text' }],
  },
};

const INGRESS_CLASS: KnownFields = {
  ...OBJECT,
  spec: { controller: 'text', parameters: scalars('text', 'apiGroup', 'kind', 'name', 'namespace', 'scope') },
};

const POLICY_PEER: KnownFields = {
  ipBlock: { cidr: null, except: ANY_LIST },
  namespaceSelector: LABEL_SELECTOR,
  podSelector: LABEL_SELECTOR,
};
const POLICY_PORTS: FieldForm = [values('endPort', 'port', 'protocol')];

const NETWORK_POLICY: KnownFields = {
  ...OBJECT,
  spec: {
    podSelector: LABEL_SELECTOR,
    policyTypes: ANY_LIST,
    ingress: [{ from: [POLICY_PEER], ports: POLICY_PORTS }],
    egress: [{ to: [POLICY_PEER], ports: POLICY_PORTS }],
  },
};

const ENDPOINT_PORTS: FieldForm = [values('appProtocol', 'name', 'port', 'protocol')];
const TARGET: KnownFields = scalars(
  'text',
  'apiVersion',
  'fieldPath',
  'kind',
  'name',
  'namespace',
  'resourceVersion',
  'uid',
);

const ENDPOINT_SLICE: KnownFields = {
  ...OBJECT,
  addressType: null,
  endpoints: [
    {
      ...values('deprecatedTopology', 'hostname'),
      ...scalars('text', 'nodeName', 'zone'),
      addresses: ['text'],
      conditions: scalars('boolean', 'ready', 'serving', 'terminating'),
      hints: { forNodes: [scalars('text', 'name')], forZones: [scalars('text', 'name')] },
      targetRef: TARGET,
    },
  ],
  ports: ENDPOINT_PORTS,
};

const ENDPOINT_ADDRESSES: FieldForm = [{ ...scalars('text', 'ip', 'nodeName'), hostname: null, targetRef: TARGET }];

const ENDPOINTS: KnownFields = {
  ...OBJECT,
  subsets: [{ addresses: ENDPOINT_ADDRESSES, notReadyAddresses: ENDPOINT_ADDRESSES, ports: ENDPOINT_PORTS }],
};

const SERVICE_CIDR: KnownFields = { ...OBJECT, spec: { cidrs: ['text'] } };

const IP_ADDRESS: KnownFields = {
  ...OBJECT,
  spec: { parentRef: scalars('text', 'group', 'name', 'namespace', 'resource') },
};

/** From k8s.io/api 0.36. */
export const KUBERNETES_FIELDS: FieldsByKind = {
  ...POD_FIELDS,
  'discovery.k8s.io/v1 EndpointSlice': ENDPOINT_SLICE,
  'networking.k8s.io/v1 IPAddress': IP_ADDRESS,
  'networking.k8s.io/v1 Ingress': INGRESS,
  'networking.k8s.io/v1 IngressClass': INGRESS_CLASS,
  'networking.k8s.io/v1 NetworkPolicy': NETWORK_POLICY,
  'networking.k8s.io/v1 ServiceCIDR': SERVICE_CIDR,
  'v1 Endpoints': ENDPOINTS,
  'v1 Node': { ...OBJECT, spec: { [ANY_OTHER]: null, podCIDRs: ANY_LIST } },
  'v1 Service': SERVICE,
};
