import { type FieldForm, type FieldsByKind, type KnownFields, LABEL_SELECTOR, OBJECT, values } from './field-form';

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

/** From k8s.io/api 0.36. */
export const KUBERNETES_FIELDS: FieldsByKind = {
  'discovery.k8s.io/v1 EndpointSlice': ENDPOINT_SLICE,
  'networking.k8s.io/v1 Ingress': INGRESS,
  'networking.k8s.io/v1 NetworkPolicy': NETWORK_POLICY,
  'v1 Service': SERVICE,
};
