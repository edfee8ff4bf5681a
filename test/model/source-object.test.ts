import { parse } from 'yaml';
import { apiGroup, identityOf, listItems, modelObject, type SourceObject } from '../../lib/model';

function source(yaml: string): SourceObject {
  return {
    manifest: parse(yaml) as unknown,
    locate: (path) => ({ file: 'a.yaml', line: null, column: null, construct: path.join('.') }),
  };
}

test.each([
  ['{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop } }', 'shop'],
  ['{ apiVersion: v1, kind: Service, metadata: { name: web } }', 'default'],
  ["{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: '' } }", 'default'],
  ['{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: 7 } }', 'default'],
  ['{ apiVersion: v1, kind: Namespace, metadata: { name: shop } }', null],
  ['{ apiVersion: v1, kind: Node, metadata: { name: n, namespace: shop } }', null],
  ['{ apiVersion: rbac.authorization.k8s.io/v1beta1, kind: ClusterRole, metadata: { name: r } }', null],
  ['{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: r } }', 'default'],
  ['{ apiVersion: crd.projectcalico.org/v1, kind: IPPool, metadata: { name: p } }', null],
  ['{ apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: { name: p } }', 'default'],
  ['{ apiVersion: example.com/v1, kind: Node, metadata: { name: n } }', 'default'],
  ['{ apiVersion: __proto__/v1, kind: constructor, metadata: { name: __proto__ } }', 'default'],
])('%s is in namespace %j', (yaml, namespace) => {
  expect(modelObject(source(yaml))?.ref.namespace).toBe(namespace);
});

test.each([
  'null',
  'text',
  '[]',
  '{}',
  '{ kind: Service, metadata: { name: web } }',
  '{ apiVersion: v1, metadata: { name: web } }',
  '{ apiVersion: v1, kind: Service }',
  '{ apiVersion: v1, kind: Service, metadata: null }',
  "{ apiVersion: v1, kind: Service, metadata: { name: '' } }",
  '{ apiVersion: v1, kind: Service, metadata: { name: 7 } }',
  '{ apiVersion: v1, kind: Service, metadata: { generateName: web- } }',
  '{ apiVersion: [v1], kind: Service, metadata: { name: web } }',
])('%s is no object', (yaml) => {
  expect(modelObject(source(yaml))).toBeUndefined();
});

test.each([
  ['v1', ''],
  ['apps/v1', 'apps'],
  ['networking.k8s.io/v1', 'networking.k8s.io'],
  ['/v1', ''],
])('the group of %s is %j', (apiVersion, expected) => {
  expect(apiGroup(apiVersion)).toBe(expected);
});

test.each([
  ['v1', 'shop', 'v1', 'shop', true],
  ['autoscaling/v1', 'shop', 'autoscaling/v2', 'shop', true],
  ['extensions/v1beta1', 'shop', 'networking.k8s.io/v1', 'shop', false],
  ['v1', 'shop', 'v1', 'api', false],
  ['v1', null, 'v1', 'default', false],
])('%s in %j and %s in %j are one object: %j', (apiVersion, namespace, otherVersion, otherNamespace, expected) => {
  const identity = identityOf({ apiVersion, kind: 'K', namespace, name: 'n' });
  expect(identity === identityOf({ apiVersion: otherVersion, kind: 'K', namespace: otherNamespace, name: 'n' })).toBe(
    expected,
  );
});

test('the items of lists, of lists in lists too, each with its place', () => {
  const items = listItems(
    source('{ kind: List, items: [{ kind: A }, { kind: PodList, items: [{ kind: B }, null] }, { kind: C }] }'),
  );
  expect(items.map(({ manifest, locate }) => [manifest, locate(['metadata', 'name']).construct])).toEqual([
    [{ kind: 'A' }, 'items.0.metadata.name'],
    [{ kind: 'B' }, 'items.1.items.0.metadata.name'],
    [null, 'items.1.items.1.metadata.name'],
    [{ kind: 'C' }, 'items.2.metadata.name'],
  ]);
});

test.each([
  ['{ kind: Service, items: [{ kind: A }] }', 1],
  ['{ kind: List }', 0],
  ['{ kind: List, items: null }', 0],
  ['{ kind: List, items: { kind: A } }', 0],
  ['null', 1],
])('%s counts as %i objects', (yaml, expected) => {
  expect(listItems(source(yaml))).toHaveLength(expected);
});
