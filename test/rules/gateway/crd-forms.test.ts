import { type ClusterFacts } from '../../../lib/model';
import { backendTlsPolicyInvalid } from '../../../lib/rules/gateway/backend-tls-policy-invalid';
import { gatewayClassInvalid } from '../../../lib/rules/gateway/gateway-class-invalid';
import { gatewayInvalid } from '../../../lib/rules/gateway/gateway-invalid';
import { referenceGrantInvalid } from '../../../lib/rules/gateway/reference-grant-invalid';
import { routeInvalid } from '../../../lib/rules/gateway/route-invalid';
import { facts, findings, sourceObject } from '../expectations';

const RULES = [backendTlsPolicyInvalid, gatewayClassInvalid, gatewayInvalid, referenceGrantInvalid, routeInvalid];
const KNOWN: ClusterFacts = facts();

const LISTENER = { name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'web' }] } };
const FILTER = { type: 'RequestMirror', requestMirror: { backendRef: { name: 'web', port: 80 } } };
const HTTP_RULE = { matches: [{}], filters: [FILTER], backendRefs: [{ name: 'web', port: 80 }] };
const CONNECTION_RULE = { backendRefs: [{ name: 'web', port: 80 }] };
const REFERENCE = { group: '', kind: 'ConfigMap', name: 'ca' };

/** Objects that the API server takes, each with what it needs only. */
const SPECS: Readonly<Record<string, object>> = {
  'gateway.networking.k8s.io/v1 Gateway': { gatewayClassName: 'c', listeners: [LISTENER] },
  'gateway.networking.k8s.io/v1 GatewayClass': { controllerName: 'example.com/c', parametersRef: REFERENCE },
  'gateway.networking.k8s.io/v1 ListenerSet': { parentRef: { name: 'public' }, listeners: [LISTENER] },
  'gateway.networking.x-k8s.io/v1alpha1 XListenerSet': { parentRef: { name: 'public' }, listeners: [LISTENER] },
  'gateway.networking.k8s.io/v1 HTTPRoute': { parentRefs: [{ name: 'public' }], rules: [HTTP_RULE] },
  'gateway.networking.k8s.io/v1 GRPCRoute': { parentRefs: [{ name: 'public' }], rules: [HTTP_RULE] },
  'gateway.networking.k8s.io/v1 TLSRoute': { hostnames: ['a.example.com'], rules: [CONNECTION_RULE] },
  'gateway.networking.k8s.io/v1alpha2 TCPRoute': { rules: [CONNECTION_RULE] },
  'gateway.networking.k8s.io/v1beta1 ReferenceGrant': {
    from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
    to: [{ group: '', kind: 'Service' }],
  },
  'gateway.networking.k8s.io/v1 BackendTLSPolicy': {
    targetRefs: [{ group: '', kind: 'Service', name: 'web' }],
    validation: { hostname: 'web.example.com', caCertificateRefs: [REFERENCE] },
  },
};

test.each(Object.keys(SPECS))('takes a %s with what it needs', (kind) => {
  expect(problems(kind, '', undefined)).toEqual([]);
});

/** A kind, a field of it, the last value of a limit that is taken, and one beyond that is not. */
const LIMITS: readonly (readonly [string, string, unknown, unknown, string])[] = [
  [
    'Gateway',
    'listeners.0.protocol',
    `example.com/${'a'.repeat(243)}`,
    `example.com/${'a'.repeat(244)}`,
    'protocol has 256 characters, and at most 255 are allowed',
  ],
  ['Gateway', 'listeners.0.hostname', '*.com', '', 'hostname is "", and must be a host name'],
  ['Gateway', 'listeners.0.hostname', undefined, 7, 'hostname is 7, and must be a host name'],
  [
    'Gateway',
    'listeners.0.tls.certificateRefs',
    many(64, { name: 'a' }),
    many(65, { name: 'a' }),
    'certificateRefs has 65 items, and at most 64 are allowed',
  ],
  [
    'Gateway',
    'listeners.0.tls.certificateRefs.0',
    { name: 'a', namespace: 'b' },
    { kind: 'Secret' },
    'item 1 of certificateRefs has no name',
  ],
  ['Gateway', 'listeners.0.tls.options', keys(16), keys(17), 'options has 17 entries, and at most 16 are allowed'],
  [
    'Gateway',
    'listeners.0.allowedRoutes.kinds',
    [{ kind: 'TLSRoute' }],
    [{ group: '' }],
    'item 1 of kinds has no kind',
  ],
  [
    'Gateway',
    'listeners.0.allowedRoutes.kinds.0',
    { group: '', kind: 'A' },
    { group: 'example.com/v1', kind: 'A' },
    'group is "example.com/v1", and must be an API group',
  ],
  ['Gateway', 'listeners.0.allowedRoutes.kinds.0', { kind: 'A' }, { kind: 'A/b' }, 'kind is "A/b", and must be a kind'],
  [
    'Gateway',
    'allowedListeners.namespaces.from',
    'None',
    'none',
    'from is "none", and must be All, Selector, Same or None',
  ],
  ['Gateway', 'infrastructure.labels.a', 'b.c', 'b c', 'a is "b c", and must be the value of a label'],
  ['Gateway', 'infrastructure.parametersRef', REFERENCE, { group: '', name: 'a' }, 'parametersRef has no kind'],
  [
    'Gateway',
    'tls.frontend',
    { default: {} },
    { default: { validation: { caCertificateRefs: [] } } },
    'caCertificateRefs is empty',
  ],
  ['Gateway', 'tls.backend.clientCertificateRef', { name: 'a' }, {}, 'clientCertificateRef has no name'],
  ['ListenerSet', 'listeners.0.port', 65535, 0, 'port is 0, and must be a whole number from 1 to 65535'],
  ['XListenerSet', 'listeners.0.port', 0, 65536, 'port is 65536, and must be a whole number from 0 to 65535'],
  ['XListenerSet', 'listeners.0.port', undefined, '443', 'port is "443", and must be a whole number from 0 to 65535'],
  ['GatewayClass', 'parametersRef', REFERENCE, { kind: 'A', name: 'a' }, 'parametersRef has no group'],
  ['HTTPRoute', 'parentRefs.0.sectionName', 'a.b', 'A', 'sectionName is "A", and must be a DNS name'],
  ['HTTPRoute', 'parentRefs.0.port', 1, 0, 'port is 0, and must be a whole number from 1 to 65535'],
  [
    'HTTPRoute',
    'rules.0.name',
    'a'.repeat(253),
    'a'.repeat(254),
    'name has 254 characters, and at most 253 are allowed',
  ],
  [
    'HTTPRoute',
    'rules.0.matches.0.path.value',
    `/${'a'.repeat(1023)}`,
    `/${'a'.repeat(1024)}`,
    'value has 1025 characters, and at most 1024 are allowed',
  ],
  ['HTTPRoute', 'rules.0.matches.0.headers', named(16), named(17), 'headers has 17 items, and at most 16 are allowed'],
  [
    'HTTPRoute',
    'rules.0.matches.0.headers',
    [{ name: 'a', value: 'b'.repeat(4096) }],
    [{ name: 'a', value: 'b'.repeat(4097) }],
    'value has 4097 characters, and at most 4096 are allowed',
  ],
  [
    'HTTPRoute',
    'rules.0.filters.0.requestMirror',
    { backendRef: { name: 'a', port: 1 } },
    {},
    'requestMirror has no backendRef',
  ],
  [
    'HTTPRoute',
    'rules.0.filters.0',
    modifier({ remove: ['a', 'A'] }),
    modifier({ remove: ['a', 'a'] }),
    'remove has a twice',
  ],
  [
    'HTTPRoute',
    'rules.0.filters.0',
    cors({ allowMethods: ['GET'] }),
    cors({ allowMethods: ['get'] }),
    'item 1 of allowMethods is "get", and must be GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH or *',
  ],
  [
    'HTTPRoute',
    'rules.0.filters.0',
    cors({ allowCredentials: false }),
    cors({ allowCredentials: 'false' }),
    'allowCredentials is "false", and must be true or false',
  ],
  ['HTTPRoute', 'rules.0.filters', [cors({})], [cors({}), cors({})], 'the filter CORS appears twice in the rule'],
  [
    'HTTPRoute',
    'rules.0.filters.0',
    auth({ name: 'a', port: 1 }),
    auth({ name: 'a' }),
    'the reference to Service a has no port',
  ],
  [
    'HTTPRoute',
    'rules.0.backendRefs.0.weight',
    1_000_000,
    1_000_001,
    'weight is 1000001, and must be a whole number from 0 to 1000000',
  ],
  ['HTTPRoute', 'rules.0.backendRefs.0.weight', 0, '1', 'weight is "1", and must be a whole number from 0 to 1000000'],
  [
    'HTTPRoute',
    'rules.0.retry.codes',
    [400, 599],
    [399],
    'item 1 of codes is 399, and must be a whole number from 400 to 599',
  ],
  ['HTTPRoute', 'rules.0.retry.backoff', '1s500ms', '1.5s', 'backoff is "1.5s", and must be a duration'],
  [
    'HTTPRoute',
    'rules.0.sessionPersistence',
    { type: 'Header', header: { name: 'Session' } },
    { type: 'header' },
    'type is "header", and must be Cookie or Header',
  ],
  ['HTTPRoute', 'rules.0', HTTP_RULE, 7, 'item 1 of rules is 7, and must be a mapping'],
  ['HTTPRoute', 'hostnames', ['a.example.com'], 'a.example.com', 'hostnames is "a.example.com", and must be a list'],
  [
    'GRPCRoute',
    'rules.0.matches.0.method',
    { type: 'Exact', method: 'A' },
    { type: 'Prefix', method: 'A' },
    'type is "Prefix", and must be Exact or RegularExpression',
  ],
  ['TLSRoute', 'rules.0', CONNECTION_RULE, {}, 'item 1 of rules has no backendRefs'],
  ['TCPRoute', 'rules.0', {}, { backendRefs: [] }, 'backendRefs is empty'],
  ['ReferenceGrant', 'from.0.namespace', 'a-b', '*', 'namespace is "*", and must be a namespace'],
  ['ReferenceGrant', 'to.0.name', 'a', '', 'name is "", and must be a text that is not empty'],
  [
    'BackendTLSPolicy',
    'validation.subjectAltNames',
    [{ type: 'URI', uri: 'spiffe://a/b' }],
    [{ type: 'URI', uri: '/b' }],
    'uri is "/b", and must be a URI with scheme and host',
  ],
  ['BackendTLSPolicy', 'targetRefs.0.sectionName', 'a', 'A', 'sectionName is "A", and must be a DNS name'],
];

test.each(LIMITS)('%s %s', (name, field, taken, refused, message) => {
  const kind = Object.keys(SPECS).find((known) => known.endsWith(` ${name}`)) ?? '';
  expect(problems(kind, field, taken)).toEqual([]);
  expect(problems(kind, field, refused)).toEqual([message]);
});

test.each([
  ['one section and one whole', [{ sectionName: 'a' }, {}], ['error']],
  ['one section and one port', [{ sectionName: 'a' }, { port: 1 }], ['error']],
  ['one port and one whole', [{ port: 1 }, {}], ['error']],
  ['one section twice', [{ sectionName: 'a' }, { sectionName: 'a' }], ['error']],
  ['one section twice, once with a port', [{ sectionName: 'a' }, { sectionName: 'a', port: 1 }], ['error']],
  ['one port twice', [{ port: 1 }, { port: 1 }], ['error']],
  ['two ports, which the standard channel does not look at', [{ port: 1 }, { port: 2 }], ['warning']],
  [
    'two ports of one section',
    [
      { sectionName: 'a', port: 1 },
      { sectionName: 'a', port: 2 },
    ],
    ['warning'],
  ],
  ['a port at one of two sections', [{ sectionName: 'a', port: 1 }, { sectionName: 'b' }], ['warning']],
  ['two sections', [{ sectionName: 'a' }, { sectionName: 'b' }], []],
  [
    'two sections of one port',
    [
      { sectionName: 'a', port: 1 },
      { sectionName: 'b', port: 1 },
    ],
    [],
  ],
])('references to one Gateway: %s', (_, parents, expected) => {
  const spec = { parentRefs: parents.map((parent) => ({ name: 'public', ...parent })) };
  expect(found('gateway.networking.k8s.io/v1 HTTPRoute', spec).map(({ severity }) => severity)).toEqual(expected);
});

function problems(kind: string, field: string, value: unknown): string[] {
  return found(kind, withField(SPECS[kind], field === '' ? [] : field.split('.'), value)).map(({ message }) => message);
}

function found(kind: string, spec: unknown): ReturnType<typeof findings> {
  const [apiVersion, name] = kind.split(' ');
  const metadata = { name: 'a', namespace: 'shop' };
  const source = sourceObject({ apiVersion, kind: name, metadata, spec }, 'a.yaml');
  return RULES.flatMap((rule) => findings(rule, [source], KNOWN));
}

function withField(value: unknown, path: readonly string[], set: unknown): unknown {
  if (path.length === 0) return set === undefined ? value : set;
  const [key, ...rest] = path;
  const inner = ((value ?? {}) as Record<string, unknown>)[key];
  const changed = withField(inner, rest, set);
  if (key !== '0') return { ...(value as object), [key]: changed };
  return [changed];
}

function many(count: number, item: unknown): unknown[] {
  return Array.from({ length: count }, () => item);
}

function named(count: number): unknown[] {
  return Array.from({ length: count }, (_, index) => ({ name: `h${index}`, value: 'a' }));
}

function keys(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`example.com/k${index}`, 'a']));
}

function modifier(requestHeaderModifier: object): object {
  return { type: 'RequestHeaderModifier', requestHeaderModifier };
}

function cors(settings: object): object {
  return { type: 'CORS', cors: settings };
}

function auth(backendRef: object): object {
  return { type: 'ExternalAuth', externalAuth: { protocol: 'HTTP', http: {}, backendRef } };
}
