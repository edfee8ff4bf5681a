import { readGateway, readGatewayApi, readListenerSet, readReferenceGrant, readRoute } from '../../lib/model';
import { objectOf } from './model-objects';

const GATEWAY = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: infra }
spec:
  gatewayClassName: example
  listeners:
    - { name: http, port: 80, protocol: HTTP }
    - name: https
      port: 443
      protocol: HTTPS
      hostname: '*.example.com'
      allowedRoutes:
        namespaces: { from: Selector, selector: { matchLabels: { team: a } } }
        kinds: [{ kind: GRPCRoute }]
      tls: { certificateRefs: [{ name: c }, { name: d, namespace: certs }, {}] }
`;

test('a Gateway, with the defaults of its listeners', () => {
  const object = objectOf(GATEWAY);
  expect(readGateway(object)).toEqual({
    object,
    namespace: 'infra',
    name: 'public',
    className: 'example',
    listeners: [
      {
        name: 'http',
        port: 80,
        protocol: 'HTTP',
        hostname: undefined,
        from: 'Same',
        namespaceSelector: undefined,
        allowedKinds: [],
        certificates: [],
        path: ['spec', 'listeners', 0],
      },
      {
        name: 'https',
        port: 443,
        protocol: 'HTTPS',
        hostname: '*.example.com',
        from: 'Selector',
        namespaceSelector: { labels: new Map([['team', 'a']]), expressions: [] },
        allowedKinds: [{ group: 'gateway.networking.k8s.io', kind: 'GRPCRoute' }],
        certificates: [
          {
            group: '',
            kind: 'Secret',
            namespace: 'infra',
            name: 'c',
            port: undefined,
            path: ['spec', 'listeners', 1, 'tls', 'certificateRefs', 0],
          },
          {
            group: '',
            kind: 'Secret',
            namespace: 'certs',
            name: 'd',
            port: undefined,
            path: ['spec', 'listeners', 1, 'tls', 'certificateRefs', 1],
          },
        ],
        path: ['spec', 'listeners', 1],
      },
    ],
    certificates: [],
    listenerSetsFrom: 'None',
    listenerSetSelector: undefined,
  });
});

test('a Gateway with certificates for all listeners, and a protocol in lower case', () => {
  const { certificates, listeners } = readGateway(
    objectOf(`
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: { name: public, namespace: infra }
      spec:
        listeners: [{ name: a, port: 80, protocol: https }, { name: b, port: 81, protocol: example.com/Http }]
        tls:
          backend: { clientCertificateRef: { name: own } }
          frontend:
            default: { validation: { caCertificateRefs: [{ name: ca, namespace: certs }] } }
            perPort: [{ port: 80, tls: { validation: { caCertificateRefs: [{ name: other }] } } }]
    `),
  );
  expect(listeners.map(({ protocol }) => protocol)).toEqual(['HTTPS', 'example.com/Http']);
  expect(certificates.map(({ kind, namespace, name, path }) => [kind, namespace, name, path.join('.')])).toEqual([
    ['Secret', 'infra', 'own', 'spec.tls.backend.clientCertificateRef'],
    ['ConfigMap', 'certs', 'ca', 'spec.tls.frontend.default.validation.caCertificateRefs.0'],
    ['ConfigMap', 'infra', 'other', 'spec.tls.frontend.perPort.0.tls.validation.caCertificateRefs.0'],
  ]);
});

test('a ListenerSet, with its Gateway', () => {
  const set = readListenerSet(
    objectOf(`
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: shop, namespace: shop }
spec:
  parentRef: { name: public, namespace: infra }
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`),
  );
  expect(set.parent).toEqual({
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    namespace: 'infra',
    name: 'public',
    port: undefined,
    path: ['spec', 'parentRef'],
  });
  expect(set.listeners.map(({ name }) => name)).toEqual(['http']);
});

test('a route, with the defaults of its references', () => {
  const route = readRoute(
    objectOf(`
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: public, sectionName: http }, { group: '', kind: Service, name: web, port: 80 }, 7]
  hostnames: [a.example.com, 7]
  rules:
    - backendRefs: [{ name: web, port: 80 }]
    - matches: [{ method: GET }]
`),
  );
  expect(route?.kind).toBe('HTTPRoute');
  expect(route?.hostnames).toEqual(['a.example.com']);
  expect(route?.parents).toEqual([
    {
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      namespace: 'shop',
      name: 'public',
      port: undefined,
      sectionName: 'http',
      path: ['spec', 'parentRefs', 0],
    },
    {
      group: '',
      kind: 'Service',
      namespace: 'shop',
      name: 'web',
      port: 80,
      sectionName: undefined,
      path: ['spec', 'parentRefs', 1],
    },
  ]);
  expect(route?.backends).toEqual([
    {
      group: '',
      kind: 'Service',
      namespace: 'shop',
      name: 'web',
      port: 80,
      path: ['spec', 'rules', 0, 'backendRefs', 0],
    },
  ]);
  expect(route?.rules).toEqual([
    { matches: [{ value: {}, path: ['spec', 'rules', 0] }] },
    { matches: [{ value: { method: 'GET' }, path: ['spec', 'rules', 1, 'matches', 0] }] },
  ]);
});

test('TCP knows no hostnames, and another kind is no route', () => {
  const tcp =
    'apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TCPRoute\nmetadata: { name: a }\nspec: { hostnames: [a] }';
  expect(readRoute(objectOf(tcp))?.hostnames).toEqual([]);
  expect(readRoute(objectOf(GATEWAY))).toBeUndefined();
});

test('a grant', () => {
  const object = objectOf(`
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: a, namespace: pay }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }]
  to: [{ group: '', kind: Service }, { group: '', kind: Secret, name: c }]
`);
  expect(readReferenceGrant(object)).toEqual({
    object,
    namespace: 'pay',
    from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
    to: [
      { group: '', kind: 'Service', name: undefined },
      { group: '', kind: 'Secret', name: 'c' },
    ],
  });
});

test('a namespace has its name as a label, and one that is not there has none', () => {
  const namespace = objectOf('apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: a } }');
  const { namespaceLabels } = readGatewayApi([namespace]);
  expect(namespaceLabels('shop')).toEqual(
    new Map([
      ['team', 'a'],
      ['kubernetes.io/metadata.name', 'shop'],
    ]),
  );
  expect(namespaceLabels('constructor')).toBeUndefined();
});

test('Gateways are found by namespace and name, and by a name that is nearly theirs', () => {
  const gateway = objectOf(GATEWAY);
  const api = readGatewayApi([gateway]);
  expect(api.gateway('infra', 'public')?.object).toBe(gateway);
  expect(api.gateway('shop', 'public')).toBeUndefined();
  expect(api.similarGateway('infra', 'pubilc')?.object).toBe(gateway);
  expect(api.gatewaysNamed('public').map(({ namespace }) => namespace)).toEqual(['infra']);
});
