import { type FieldsByKind, inVersions, type KnownFields, LABEL_SELECTOR, OBJECT, values } from './field-form';

const OBJECT_REFERENCE = values('group', 'kind', 'name', 'namespace');
const LOCAL_REFERENCE = values('group', 'kind', 'name');

const NAMESPACES: KnownFields = { from: null, selector: LABEL_SELECTOR };

const CLIENT_VALIDATION: KnownFields = {
  mode: null,
  caCertificateRefs: [OBJECT_REFERENCE],
  clusterTrustBundleRef: null,
};

const LISTENER: KnownFields = {
  ...values('hostname', 'name', 'port', 'protocol'),
  allowedRoutes: { kinds: [values('group', 'kind')], namespaces: NAMESPACES },
  // The inside is not looked at where an experiment has not ended yet.
  filters: null,
  tls: {
    ...values('mode', 'options'),
    certificateRefs: [OBJECT_REFERENCE],
    frontendValidation: CLIENT_VALIDATION,
  },
};

const GATEWAY: KnownFields = {
  ...OBJECT,
  spec: {
    ...values('defaultScope', 'gatewayClassName'),
    addresses: [values('routability', 'type', 'value')],
    allowedListeners: { namespaces: NAMESPACES },
    backendTLS: { clientCertificateRef: OBJECT_REFERENCE },
    infrastructure: { ...values('annotations', 'labels', 'routability'), parametersRef: LOCAL_REFERENCE },
    listeners: [LISTENER],
    tls: {
      backend: { clientCertificateRef: OBJECT_REFERENCE },
      frontend: {
        default: { validation: CLIENT_VALIDATION },
        perPort: [{ port: null, tls: { validation: CLIENT_VALIDATION } }],
      },
    },
  },
};

const LISTENER_SET: KnownFields = {
  ...OBJECT,
  spec: { listeners: [LISTENER], parentRef: OBJECT_REFERENCE },
};

const ROUTE: KnownFields = {
  parentRefs: [values('group', 'kind', 'name', 'namespace', 'port', 'sectionName')],
  useDefaultGateways: null,
};

const BACKEND = values('group', 'kind', 'name', 'namespace', 'port');

const HEADERS: KnownFields = {
  add: [values('name', 'value')],
  remove: null,
  set: [values('name', 'value')],
};

const MIRROR: KnownFields = { percent: null, backendRef: BACKEND, fraction: values('denominator', 'numerator') };

const PATH_MODIFIER = values('replaceFullPath', 'replacePrefixMatch', 'type');

const HTTP_FILTERS: readonly [KnownFields] = [
  {
    type: null,
    cors: values('allowCredentials', 'allowHeaders', 'allowMethods', 'allowOrigins', 'exposeHeaders', 'maxAge'),
    directResponse: null,
    extensionRef: LOCAL_REFERENCE,
    externalAuth: {
      protocol: null,
      backendRef: BACKEND,
      forwardBody: values('maxSize'),
      grpc: values('allowedHeaders'),
      http: values('allowedHeaders', 'allowedResponseHeaders', 'path'),
    },
    requestHeaderModifier: HEADERS,
    requestMirror: MIRROR,
    requestRedirect: { ...values('hostname', 'port', 'scheme', 'statusCode'), path: PATH_MODIFIER },
    responseHeaderModifier: HEADERS,
    urlRewrite: { hostname: null, path: PATH_MODIFIER },
  },
];

const GRPC_FILTERS: readonly [KnownFields] = [
  {
    type: null,
    extensionRef: LOCAL_REFERENCE,
    requestHeaderModifier: HEADERS,
    requestMirror: MIRROR,
    responseHeaderModifier: HEADERS,
  },
];

const SESSION_PERSISTENCE: KnownFields = {
  ...values('absoluteTimeout', 'cookie', 'header', 'idleTimeout', 'sessionName', 'type'),
  cookieConfig: values('lifetimeType'),
};

const VALUE_MATCHES: readonly [KnownFields] = [values('name', 'type', 'value')];

const HTTP_ROUTE: KnownFields = {
  ...OBJECT,
  spec: {
    ...ROUTE,
    hostnames: null,
    rules: [
      {
        name: null,
        backendRefs: [{ ...BACKEND, weight: null, filters: HTTP_FILTERS }],
        filters: HTTP_FILTERS,
        matches: [{ method: null, headers: VALUE_MATCHES, path: values('type', 'value'), queryParams: VALUE_MATCHES }],
        retry: values('attempts', 'backoff', 'codes'),
        sessionPersistence: SESSION_PERSISTENCE,
        timeouts: values('backendRequest', 'request'),
      },
    ],
  },
};

const GRPC_ROUTE: KnownFields = {
  ...OBJECT,
  spec: {
    ...ROUTE,
    hostnames: null,
    rules: [
      {
        name: null,
        backendRefs: [{ ...BACKEND, weight: null, filters: GRPC_FILTERS }],
        filters: GRPC_FILTERS,
        matches: [{ headers: VALUE_MATCHES, method: values('method', 'service', 'type') }],
        sessionPersistence: SESSION_PERSISTENCE,
      },
    ],
  },
};

const CONNECTION_ROUTE: KnownFields = {
  ...ROUTE,
  rules: [{ name: null, backendRefs: [{ ...BACKEND, weight: null }] }],
};

const BACKEND_TLS_POLICY: KnownFields = {
  ...OBJECT,
  spec: {
    options: null,
    targetRefs: [values('group', 'kind', 'name', 'sectionName')],
    validation: {
      ...values('clusterTrustBundleRef', 'hostname', 'wellKnownCACertificates'),
      caCertificateRefs: [LOCAL_REFERENCE],
      subjectAltNames: [values('hostname', 'type', 'uri')],
    },
  },
};

function of(...versions: readonly string[]): readonly string[] {
  return versions.map((version) => `gateway.networking.k8s.io/${version}`);
}

/** From the experimental channel of Gateway API 1.1 to 1.7, which has all that the standard one has. */
export const GATEWAY_API_FIELDS: FieldsByKind = {
  ...inVersions(of('v1', 'v1alpha3'), 'BackendTLSPolicy', BACKEND_TLS_POLICY),
  ...inVersions(of('v1', 'v1beta1'), 'Gateway', GATEWAY),
  ...inVersions(of('v1', 'v1beta1'), 'GatewayClass', {
    ...OBJECT,
    spec: { ...values('controllerName', 'description'), parametersRef: OBJECT_REFERENCE },
  }),
  ...inVersions(of('v1', 'v1alpha2'), 'GRPCRoute', GRPC_ROUTE),
  ...inVersions(of('v1', 'v1beta1'), 'HTTPRoute', HTTP_ROUTE),
  ...inVersions(of('v1'), 'ListenerSet', LISTENER_SET),
  ...inVersions(['gateway.networking.x-k8s.io/v1alpha1'], 'XListenerSet', LISTENER_SET),
  ...inVersions(of('v1', 'v1beta1', 'v1alpha2'), 'ReferenceGrant', {
    ...OBJECT,
    spec: { from: [values('group', 'kind', 'namespace')], to: [values('group', 'kind', 'name')] },
  }),
  ...inVersions(of('v1', 'v1alpha2'), 'TCPRoute', { ...OBJECT, spec: CONNECTION_ROUTE }),
  ...inVersions(of('v1', 'v1alpha2', 'v1alpha3'), 'TLSRoute', {
    ...OBJECT,
    spec: { ...CONNECTION_ROUTE, hostnames: null },
  }),
  ...inVersions(of('v1', 'v1alpha2'), 'UDPRoute', { ...OBJECT, spec: CONNECTION_ROUTE }),
};
