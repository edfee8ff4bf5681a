import {
  BackendPort,
  ClusterIpService,
  Ingress,
  IngressBackend,
  IngressClass,
  type IngressProps,
  NodePortService,
  PathType,
  Pods,
  ServiceReference,
} from '../../../lib';
import { manifestOf, problemsOf, shopChart, specOf } from '../synthesized';

const API = IngressBackend.serviceName('api', BackendPort.number(80));

function ingress(props: IngressProps): Ingress {
  return new Ingress(shopChart(), 'shop', props);
}

function backendOf(backend: IngressBackend): unknown {
  return (specOf(ingress({ defaultBackend: backend })) as { defaultBackend: unknown }).defaultBackend;
}

test('manifest: routing by path and by host, TLS, class and default backend', () => {
  const chart = shopChart();
  const pods = Pods.labelled({ app: 'web' });
  const web = new ClusterIpService(chart, 'web', { pods, ports: [{ port: 80, name: 'http' }] });
  const admin = new NodePortService(chart, 'admin', {
    pods,
    ports: [
      { port: 80, name: 'http' },
      { port: 9090, name: 'metrics' },
    ],
  });
  const shop = new Ingress(chart, 'shop', {
    annotations: { 'example.com/timeout': '30s' },
    ingressClass: new IngressClass(chart, 'public', { controller: 'traefik.io/ingress-controller' }),
    rules: [{ host: 'shop.example.com', paths: [{ backend: IngressBackend.service(web) }] }],
    tls: [{ hosts: ['shop.example.com', '*.shop.example.com'], secretName: 'shop-tls' }],
    defaultBackend: IngressBackend.resource({ apiGroup: 'example.com', kind: 'Bucket', name: 'static' }),
  });
  shop.addRule({
    host: 'admin.example.com',
    paths: [
      { path: '/', backend: IngressBackend.service(admin, BackendPort.name('http')) },
      { path: '/metrics', pathType: PathType.EXACT, backend: IngressBackend.service(admin, BackendPort.number(9090)) },
    ],
  });
  shop.addRule({ host: 'shop.example.com', paths: [{ path: '/api', backend: API }] });
  shop.addTls({ hosts: ['admin.example.com'] });
  expect(manifestOf(shop)).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop', namespace: 'shop', annotations: { 'example.com/timeout': '30s' } },
    spec: {
      ingressClassName: 'public',
      defaultBackend: { resource: { apiGroup: 'example.com', kind: 'Bucket', name: 'static' } },
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
              { path: '/api', pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 80 } } } },
            ],
          },
        },
        {
          host: 'admin.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'admin', port: { name: 'http' } } } },
              { path: '/metrics', pathType: 'Exact', backend: { service: { name: 'admin', port: { number: 9090 } } } },
            ],
          },
        },
      ],
      tls: [
        { hosts: ['shop.example.com', '*.shop.example.com'], secretName: 'shop-tls' },
        { hosts: ['admin.example.com'] },
      ],
    },
  });
  expect([shop.name, shop.namespace]).toEqual(['shop', 'shop']);
  expect(problemsOf(chart)).toEqual([]);
});

test('the smallest Ingress has no noise', () => {
  expect(specOf(ingress({ defaultBackend: API }))).toEqual({
    defaultBackend: { service: { name: 'api', port: { number: 80 } } },
  });
  expect(specOf(ingress({ rules: [{ paths: [{ backend: API }] }], tls: [{ hosts: [] }] }))).toEqual({
    rules: [
      {
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 80 } } } }],
        },
      },
    ],
    tls: [{}],
  });
});

test('a class that is made elsewhere', () => {
  expect(specOf(ingress({ ingressClass: IngressClass.named('nginx'), defaultBackend: API }))).toMatchObject({
    ingressClassName: 'nginx',
  });
});

test.each<[string, IngressBackend, object]>([
  [
    'a Service elsewhere with one port',
    IngressBackend.service(ServiceReference.of('api', { namespace: 'shop', ports: [{ port: 8080, name: 'http' }] })),
    { service: { name: 'api', port: { number: 8080 } } },
  ],
  [
    'a Service elsewhere whose ports are not known',
    IngressBackend.service(ServiceReference.of('api', { namespace: 'shop' }), BackendPort.name('http')),
    { service: { name: 'api', port: { name: 'http' } } },
  ],
  [
    'a name',
    IngressBackend.serviceName('api', BackendPort.name('http')),
    { service: { name: 'api', port: { name: 'http' } } },
  ],
])('backend: %s', (_, backend, spec) => {
  expect(backendOf(backend)).toEqual(spec);
  expect(problemsOf(ingress({ defaultBackend: backend }))).toEqual([]);
});

test('a port that is added later makes the port of a backend ambiguous', () => {
  const chart = shopChart();
  const web = new ClusterIpService(chart, 'web', { pods: Pods.labelled({ a: 'b' }), ports: [{ port: 80, name: 'a' }] });
  const shop = new Ingress(chart, 'shop', { defaultBackend: IngressBackend.service(web) });
  expect(problemsOf(chart)).toEqual([]);
  expect(specOf(shop)).toEqual({ defaultBackend: { service: { name: 'web', port: { number: 80 } } } });
  const again = shopChart();
  const other = new ClusterIpService(again, 'web', {
    pods: Pods.labelled({ a: 'b' }),
    ports: [{ port: 80, name: 'a' }],
  });
  new Ingress(again, 'shop', { defaultBackend: IngressBackend.service(other) });
  other.addPort({ port: 81, name: 'b' });
  expect(problemsOf(again)).toEqual(['NL407 defaultBackend names no port']);
});

describe('problems', () => {
  const rule = (path: string, pathType?: PathType): IngressProps => ({
    rules: [{ paths: [{ path, pathType, backend: API }] }],
  });
  const host = (name: string): IngressProps => ({ rules: [{ host: name, paths: [{ backend: API }] }] });
  const backend = (made: IngressBackend): IngressProps => ({ defaultBackend: made });
  const elsewhere = ServiceReference.of('api', { namespace: 'other', ports: [{ port: 80 }] });
  const known = ServiceReference.of('api', { namespace: 'shop', ports: [{ port: 80, name: 'http' }, { port: 81 }] });

  test.each<[string, IngressProps, string[]]>([
    ['nothing', {}, ['NL404 the Ingress has neither rules nor a default backend']],
    ['name', { name: 'Shop', defaultBackend: API }, ['NL921 the name "Shop" is not a DNS name']],
    [
      'class',
      { ingressClass: IngressClass.named('My class'), defaultBackend: API },
      ['NL405 ingressClass "My class" is not the name of an IngressClass'],
    ],
    [
      'class twice',
      {
        ingressClass: IngressClass.named('nginx'),
        annotations: { 'kubernetes.io/ingress.class': 'nginx' },
        defaultBackend: API,
      },
      ['NL409 annotations: class nginx is set in the annotation kubernetes.io/ingress.class and in ingressClass'],
    ],
    ['no paths', { rules: [{ host: 'a.example', paths: [] }] }, ['NL404 rules[0].paths: the rule has no paths']],
    ['address', host('192.0.2.1'), ['NL405 rules[0].host "192.0.2.1" is not a host name']],
    ['IPv6 address', host('[2001:db8::1]'), ['NL405 rules[0].host "[2001:db8::1]" is not a host name']],
    ['port', host('a.example:443'), ['NL405 rules[0].host "a.example:443" is not a host name']],
    ['wildcard in the middle', host('a.*.example'), ['NL405 rules[0].host "a.*.example" is not a host name']],
    ['bare wildcard', host('*'), ['NL405 rules[0].host "*" is not a host name']],
    ['wildcard', host('*.example.com'), []],
    [
      'tls host',
      { defaultBackend: API, tls: [{ hosts: ['A.example'] }] },
      ['NL405 tls[0].hosts[0] "A.example" is not a host name'],
    ],
    [
      'tls secret',
      { defaultBackend: API, tls: [{ secretName: 'My Secret' }] },
      ['NL405 tls[0].secretName "My Secret" is not the name of a Secret'],
    ],
    ['relative path', rule('api'), ['NL406 rules[0].paths[0].path "api" does not begin with /']],
    [
      'double slash',
      rule('/a//b'),
      ['NL406 rules[0].paths[0].path "/a//b" contains //, which paths of type Prefix must not'],
    ],
    [
      'dots',
      rule('/a/../b', PathType.EXACT),
      ['NL406 rules[0].paths[0].path "/a/../b" contains /../, which paths of type Exact must not'],
    ],
    [
      'dots at the end',
      rule('/a/..'),
      ['NL406 rules[0].paths[0].path "/a/.." contains /.., which paths of type Prefix must not'],
    ],
    [
      'encoded slash',
      rule('/a%2Fb'),
      ['NL406 rules[0].paths[0].path "/a%2Fb" contains %2F, which paths of type Prefix must not'],
    ],
    ['regular expression', rule('/a(/|$)(.*)//', PathType.IMPLEMENTATION_SPECIFIC), []],
    [
      'path twice',
      {
        rules: [
          { host: 'a.example', paths: [{ path: '/a', backend: API }] },
          { host: 'a.example', paths: [{ path: '/a', backend: API }] },
        ],
      },
      ['NL417 rules[1].paths[0].path /a of a.example appears twice in the Ingress'],
    ],
    [
      'path with two types',
      {
        rules: [
          {
            paths: [
              { path: '/a', backend: API },
              { path: '/a', pathType: PathType.EXACT, backend: API },
            ],
          },
        ],
      },
      [],
    ],
    [
      'other namespace',
      backend(IngressBackend.service(elsewhere)),
      [
        'NL981 defaultBackend is Service other/api, and the Ingress is in namespace shop: it reaches Services of its own namespace only',
      ],
    ],
    [
      'unknown port',
      backend(IngressBackend.service(known, BackendPort.name('https'))),
      ['NL983 defaultBackend asks for port "https" of Service api, whose ports are 80 http, 81'],
    ],
    ['no port, several there', backend(IngressBackend.service(known)), ['NL407 defaultBackend names no port']],
    [
      'no port, none known',
      backend(IngressBackend.service(ServiceReference.of('api', { namespace: 'shop' }))),
      ['NL407 defaultBackend names no port'],
    ],
    [
      'port number',
      backend(IngressBackend.serviceName('api', BackendPort.number(0))),
      ['NL407 defaultBackend names no port'],
    ],
    [
      'port name',
      backend(IngressBackend.serviceName('api', BackendPort.name('a-name-with-more-than-15'))),
      ['NL407 defaultBackend: "a-name-with-more-than-15" is not the name of a port'],
    ],
    [
      'service name',
      backend(IngressBackend.serviceName('Api', BackendPort.number(80))),
      ['NL407 defaultBackend: "Api" is not the name of a Service'],
    ],
    [
      'resource',
      backend(IngressBackend.resource({ apiGroup: '', kind: 'Bucket', name: '' })),
      [
        'NL407 defaultBackend: apiGroup "" is not the name of an API group',
        'NL407 defaultBackend: name is missing in the resource',
      ],
    ],
  ])('%s', (_, props, problems) => {
    expect(problemsOf(ingress(props))).toEqual(problems);
  });
});
