import fc from 'fast-check';
import { expressionHolds, type LabelSelector, selectorIndex, type Workload } from '../../lib/model';

function workload(namespace: string, name: string, labels: Record<string, string>): Workload {
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  const locate = (): never => {
    throw new Error('nothing is reported here');
  };
  return {
    object: { ref, manifest: {}, locate, position: 0 },
    path: [],
    namespace,
    labels: new Map(Object.entries(labels)),
    containerPorts: [],
    hostNetwork: false,
  serviceAccount: 'default',
    dnsPolicy: 'ClusterFirst',
    replicas: undefined,
    nodeName: undefined,
    nodeSelector: new Map(),
    nodeTerms: [],
    owner: undefined,
    podIps: [],
    hostIps: [],
  };
}

function labels(record: Record<string, string>): LabelSelector {
  return { labels: new Map(Object.entries(record)), expressions: [] };
}

function names(workloads: readonly (Workload | undefined)[]): (string | undefined)[] {
  return workloads.map((found) => found && `${found.namespace}/${found.object.ref.name}`);
}

const INDEX = selectorIndex([
  workload('shop', 'a', { app: 'web' }),
  workload('shop', 'b', { app: 'web', tier: 'front' }),
  workload('shop', 'c', { app: 'api', tier: 'back' }),
  workload('data', 'd', { app: 'db', tier: 'back' }),
]);

test.each([
  ['shop', { app: 'web' }, ['shop/a', 'shop/b']],
  ['shop', { app: 'web', tier: 'front' }, ['shop/b']],
  ['shop', { app: 'web', tier: 'back' }, []],
  ['shop', {}, ['shop/a', 'shop/b', 'shop/c']],
  ['shop', { app: 'db' }, []],
  ['none', {}, []],
  ['none', { app: 'web' }, []],
])('in %s, %j selects %j', (namespace, selector, expected) => {
  expect(names(INDEX.select(namespace, labels(selector)))).toEqual(expected);
});

test.each([
  [{ app: 'db' }, 'data/d'],
  [{ tier: 'back' }, 'shop/c'],
  [{ app: 'none' }, undefined],
  [{}, 'shop/a'],
])('anywhere, %j selects %s first', (selector, expected) => {
  expect(names([INDEX.firstAnywhere(labels(selector))])).toEqual([expected]);
});

test.each([
  ['shop', { app: 'web', tier: 'back' }, 'shop/a'],
  ['shop', { app: 'web', tier: 'front', team: 'x' }, 'shop/b'],
  ['shop', { tier: 'back', team: 'x' }, 'shop/c'],
  ['shop', { team: 'x' }, undefined],
  ['data', { app: 'web' }, undefined],
  ['none', { app: 'web' }, undefined],
])('in %s, nearest to %j is %s', (namespace, selector, expected) => {
  expect(names([INDEX.nearest(namespace, labels(selector))])).toEqual([expected]);
});

test.each([
  ['shop', 'app', 'web', true, true],
  ['shop', 'app', 'db', false, true],
  ['data', 'app', 'db', true, true],
  ['none', 'app', 'db', false, false],
])('in %s, %s=%s: label %j, workloads %j', (namespace, key, value, label, workloads) => {
  expect([INDEX.hasLabel(namespace, key, value), INDEX.hasWorkloads(namespace)]).toEqual([label, workloads]);
});

test('equal questions about one namespace get the same array', () => {
  const one = INDEX.select('shop', labels({ app: 'web' }));
  expect(INDEX.select('shop', labels({ app: 'web' }))).toBe(one);
  expect(INDEX.select('data', labels({ app: 'web' }))).not.toBe(one);
});

test('selects what a look at every workload selects', () => {
  const key = fc.constantFrom('a', 'b', '__proto__', 'constructor');
  const value = fc.constantFrom('x', 'y');
  const pods = fc.array(
    fc.tuple(fc.constantFrom('n', 'm'), fc.uniqueArray(fc.tuple(key, value), { selector: ([k]) => k })),
    {
      maxLength: 12,
    },
  );
  const selectors = fc.record({
    labels: fc
      .uniqueArray(fc.tuple(key, value), { selector: ([k]) => k, maxLength: 2 })
      .map((entries) => new Map(entries)),
    expressions: fc.array(
      fc.record({
        key,
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Other'),
        values: fc.array(value, { maxLength: 3 }),
      }),
      { maxLength: 2 },
    ),
  });
  fc.assert(
    fc.property(pods, selectors, (list, selector) => {
      const workloads = list.map(([namespace, entries], index) => ({
        ...workload(namespace, `pod-${index}`, {}),
        labels: new Map(entries),
      }));
      const expected = workloads.filter(
        (pod) =>
          [...selector.labels].every(([k, v]) => pod.labels.get(k) === v) &&
          selector.expressions.every((expression) => expressionHolds(expression, pod.labels)),
      );
      const index = selectorIndex(workloads);
      const inNamespace = expected.filter(({ namespace }) => namespace === 'n');
      expect(new Set(index.select('n', selector))).toEqual(new Set(inNamespace));
      expect(index.select('n', selector)).toHaveLength(inNamespace.length);
      expect(index.firstAnywhere(selector) === undefined).toBe(expected.length === 0);
    }),
  );
});
