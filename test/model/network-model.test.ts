import { networkModel, type NetworkModel } from '../../lib/model';
import { objects } from '../rules/expectations';

function model(yaml: string): NetworkModel {
  return networkModel(objects(yaml), {});
}

test('objects are sorted by kind, namespace and name, those that are defined twice appear twice', () => {
  const { objects: sorted, services } = model(`
    - Service shop/web: {}
    - Service api/web: {}
    - Service api/web: {}
    - Service api/api: {}
    - Pod shop/web: {}
  `);
  expect(sorted.map(({ ref }) => `${ref.kind} ${ref.namespace ?? ''}/${ref.name}`)).toEqual([
    'Pod shop/web',
    'Service api/api',
    'Service api/web',
    'Service api/web',
    'Service shop/web',
  ]);
  expect(services.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual(['api/api', 'api/web', 'shop/web']);
});

test('of an object that is defined twice the first counts', () => {
  const { service } = model(`
    - Service shop/web: { clusterIP: 10.96.0.1 }
    - Service shop/web: { clusterIP: 10.96.0.2 }
  `);
  expect(service('shop', 'web')?.clusterIps.map(({ value }) => value)).toEqual(['10.96.0.1']);
});

test('finds Services by name', () => {
  const { service, namespacesWithService, similarService } = model(`
    - Service shop/web: {}
    - Service api/web: {}
    - Service toString: {}
    - ConfigMap shop/none: {}
  `);
  expect(service('shop', 'web')?.object.ref.namespace).toBe('shop');
  expect(service('shop', 'none')).toBeUndefined();
  expect(service('none', 'web')).toBeUndefined();
  expect(service('default', 'toString')?.name).toBe('toString');
  expect(service('default', 'constructor')).toBeUndefined();
  expect(namespacesWithService('web')).toEqual(['api', 'shop']);
  expect(namespacesWithService('constructor')).toEqual([]);
  expect(similarService('shop', 'wbe')?.object.ref.namespace).toBe('shop');
  expect(similarService('default', 'wbe')).toBeUndefined();
  expect(similarService('none', 'wbe')).toBeUndefined();
});

test.each([
  ['', ''],
  [
    "- IngressClass a: {}\n- IngressClass b: {}\n  annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }",
    'b',
  ],
  ["- IngressClass a: {}\n  annotations: { ingressclass.kubernetes.io/is-default-class: 'false' }", ''],
])('an Ingress without a class has the default one, given %j: %j', (classes, expected) => {
  const { ingresses, effectiveClass } = model(`- Ingress shop/web: {}\n${classes}`);
  expect(ingresses.map(effectiveClass)).toEqual([expected]);
});

test('each kind of object is read once, the ones of other API groups are not', () => {
  const { workloads, ingresses, ingressClasses, ipPools, networkPolicies, selectors } = model(`
    - Pod shop/a: { labels: { app: a } }
    - Ingress shop/b: {}
    - IngressClass c: {}
    - IPPool d: { cidr: 10.48.0.0/16 }
    - IPPool broken: { cidr: 10.48.0.1/16 }
    - NetworkPolicy shop/e: {}
    - manifest: { apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: { name: f } }
    - manifest: { apiVersion: example.com/v1, kind: IngressClass, metadata: { name: g } }
  `);
  const names = [workloads, ingresses, ingressClasses, ipPools, networkPolicies].map((items) =>
    items.map(({ object }) => object.ref.name),
  );
  expect(names).toEqual([['a'], ['b'], ['c'], ['d'], ['e']]);
  expect(selectors.hasWorkloads('shop')).toBe(true);
});
