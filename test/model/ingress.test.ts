import { type Ingress, isIngress, readIngress, readIngressClass } from '../../lib/model';
import { objectOf } from './model-objects';

function ingress(spec: string, annotations = '{}'): Ingress {
  return readIngress(
    objectOf(
      `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, annotations: ${annotations} }, spec: ${spec} }`,
    ),
  );
}

test('routes, with the places of their backends', () => {
  const { routes, defaultBackend } = ingress(`
    {
      defaultBackend: { service: { name: fallback, port: { name: http } } },
      rules: [
        { host: a.example.com, http: { paths: [
          { path: /x, pathType: Exact, backend: { service: { name: x, port: { number: 80 } } } },
          { path: /y, pathType: Prefix, backend: { resource: { kind: Bucket, name: y } } }] } },
        { http: { paths: [{ backend: { service: { name: z } } }] } },
        { host: nothing.example.com }
      ]
    }
  `);
  expect(routes).toEqual([
    {
      host: 'a.example.com',
      path: '/x',
      pathType: 'Exact',
      backend: { serviceName: 'x', port: 80, path: ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service'] },
      field: ['spec', 'rules', 0, 'http', 'paths', 0],
    },
    {
      host: 'a.example.com',
      path: '/y',
      pathType: 'Prefix',
      backend: undefined,
      field: ['spec', 'rules', 0, 'http', 'paths', 1],
    },
    {
      host: '*',
      path: '/',
      pathType: 'ImplementationSpecific',
      backend: {
        serviceName: 'z',
        port: undefined,
        path: ['spec', 'rules', 1, 'http', 'paths', 0, 'backend', 'service'],
      },
      field: ['spec', 'rules', 1, 'http', 'paths', 0],
    },
  ]);
  expect(defaultBackend).toEqual({
    serviceName: 'fallback',
    port: 'http',
    path: ['spec', 'defaultBackend', 'service'],
  });
});

test.each([
  ['{}', '{}', undefined],
  ['{ ingressClassName: nginx }', '{}', 'nginx'],
  ['{}', '{ kubernetes.io/ingress.class: nginx }', 'nginx'],
  ['{ ingressClassName: field }', '{ kubernetes.io/ingress.class: annotation }', 'annotation'],
  ['{}', "{ kubernetes.io/ingress.class: '' }", ''],
])('spec %s with annotations %s has the class %j', (spec, annotations, expected) => {
  expect(ingress(spec, annotations).className).toBe(expected);
});

test.each([
  ["{ nginx.ingress.kubernetes.io/canary: 'true' }", true],
  ["{ nginx.ingress.kubernetes.io/canary: 'false' }", false],
  ['{ nginx.ingress.kubernetes.io/canary: true }', false],
  ['{}', false],
])('annotations %s: canary %j', (annotations, expected) => {
  expect(ingress('{}', annotations).canary).toBe(expected);
});

test.each([
  ['networking.k8s.io/v1', 'Ingress', true],
  ['networking.k8s.io/v1beta1', 'Ingress', true],
  ['extensions/v1beta1', 'Ingress', false],
  ['networking.istio.io/v1', 'Ingress', false],
  ['networking.k8s.io/v1', 'IngressClass', false],
])('%s %s is an Ingress: %j', (apiVersion, kind, expected) => {
  expect(isIngress(objectOf(`{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a } }`))).toBe(expected);
});

test.each([
  [
    "{ ingressclass.kubernetes.io/is-default-class: 'true' }",
    '{ controller: k8s.io/ingress-nginx }',
    true,
    'k8s.io/ingress-nginx',
  ],
  ["{ ingressclass.kubernetes.io/is-default-class: 'yes' }", '{}', false, undefined],
  ['null', 'null', false, undefined],
])(
  'an IngressClass with annotations %s and spec %s: default %j, controller %j',
  (annotations, spec, isDefault, controller) => {
    const object = objectOf(
      `{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: c, annotations: ${annotations} }, spec: ${spec} }`,
    );
    expect(readIngressClass(object)).toEqual({ object, name: 'c', controller, isDefault });
  },
);
