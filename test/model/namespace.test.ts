import { type NamespaceIndex, networkModel, readLabelSelector } from '../../lib/model';
import { objects } from '../rules/expectations';

const { namespaces } = networkModel(
  objects(`
    - Namespace shop: {}
      labels: { team: shop, env: prod }
    - Namespace data: {}
      labels: { team: data, env: prod, kubernetes.io/metadata.name: lies }
    - Deployment monitoring/prometheus: { labels: { app: prometheus } }
    - IngressClass nginx: {}
  `),
  {},
);

function select(selector: unknown, index: NamespaceIndex = namespaces): unknown {
  const { matched, possible, open } = index.select(readLabelSelector(selector));
  return { matched: matched.map(({ name }) => name), possible: possible.map(({ name }) => name), open };
}

const NAME = 'kubernetes.io/metadata.name';

test.each([
  [{}, { matched: ['data', 'shop', 'monitoring'], possible: [], open: true }],
  [{ matchLabels: { env: 'prod' } }, { matched: ['data', 'shop'], possible: ['monitoring'], open: false }],
  [{ matchLabels: { team: 'none' } }, { matched: [], possible: ['monitoring'], open: false }],
  [{ matchLabels: { [NAME]: 'data' } }, { matched: ['data'], possible: [], open: false }],
  [{ matchLabels: { [NAME]: 'monitoring' } }, { matched: ['monitoring'], possible: [], open: false }],
  [{ matchLabels: { [NAME]: 'lies' } }, { matched: [], possible: [], open: false }],
  [{ matchLabels: { [NAME]: 'monitoring', a: 'b' } }, { matched: [], possible: ['monitoring'], open: false }],
  [
    { matchExpressions: [{ key: NAME, operator: 'NotIn', values: ['shop'] }] },
    { matched: ['data', 'monitoring'], possible: [], open: true },
  ],
  [
    { matchExpressions: [{ key: 'team', operator: 'Exists' }] },
    { matched: ['data', 'shop'], possible: ['monitoring'], open: false },
  ],
  [
    { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] },
    { matched: [], possible: ['monitoring'], open: true },
  ],
])('namespaces that %j selects', (selector, expected) => {
  expect(select(selector)).toEqual(expected);
});

test('a name that is nearly one of them', () => {
  expect([namespaces.similar('monitorng')?.name, namespaces.similar('elsewhere')]).toEqual(['monitoring', undefined]);
});

test('whether there are Namespaces at all', () => {
  expect(namespaces.declared).toBe(true);
  expect(networkModel(objects('[{ Deployment shop/web: {} }]'), {}).namespaces.declared).toBe(false);
});
