import type { Origin } from '../../lib/finding/finding';
import { readConfig } from '../../lib/config/config';

const locate = (path: readonly (string | number)[]): Origin => ({
  file: path.join('.'),
  line: 1,
  column: 1,
  construct: null,
});
const read = (expectations: unknown) => readConfig({ expectations }, new Map(), locate);

test.each([
  [
    { from: 'shop/web', to: 'shop/db', port: 5432 },
    {
      kind: 'reach',
      from: { text: 'shop/web' },
      to: { text: 'shop/db' },
      port: { protocol: 'TCP', port: 5432, endPort: 5432 },
    },
  ],
  [
    { from: 'shop', to: '10.0.0.0/8', port: '8000-8080/UDP', reach: false },
    {
      kind: 'not-reach',
      from: { text: 'shop' },
      to: { text: '10.0.0.0/8' },
      port: { protocol: 'UDP', port: 8000, endPort: 8080 },
    },
  ],
  [
    { from: { namespace: 'shop', labels: { app: 'web' } }, to: { labels: { app: 'db' } }, port: 'sql' },
    {
      kind: 'reach',
      from: { namespace: 'shop', labels: { labels: new Map([['app', 'web']]), expressions: [] } },
      to: { namespace: undefined, labels: { labels: new Map([['app', 'db']]), expressions: [] } },
      port: { port: 'sql' },
    },
  ],
  [{ isolated: 'shop/db' }, { kind: 'isolated', of: { text: 'shop/db' } }],
  [{ notFromOutside: 'shop/db' }, { kind: 'not-from-outside', of: { text: 'shop/db' } }],
])('%j', (written, expectation) => {
  const { config, findings } = read([written]);
  expect(findings).toEqual([]);
  expect(config.expectations).toEqual([{ cluster: null, expectation, origin: locate(['expectations', 0]) }]);
});

test('a cluster is named where there are several', () => {
  expect(read([{ cluster: 'prod', isolated: 'shop/db' }]).config.expectations[0].cluster).toBe('prod');
});

test.each([
  [{}, 'expectations', 'expectations is not a list'],
  [['shop/db'], 'expectations.0', '0 is not a map'],
  [[{ from: 'a' }], 'expectations.0', 'this is no expectation: it needs from and to, or isolated, or notFromOutside'],
  [
    [{ isolated: 'a', port: 1 }],
    'expectations.0',
    'this is no expectation: it needs from and to, or isolated, or notFromOutside',
  ],
  [
    [{ isolated: 'a', notFromOutside: 'a' }],
    'expectations.0',
    'this is no expectation: it needs from and to, or isolated, or notFromOutside',
  ],
  [[{ from: 'a', too: 'b', to: 'c' }], 'expectations.0.too', 'unknown key too'],
  [[{ from: 7, to: 'b' }], 'expectations.0.from', 'from names nobody'],
  [
    [{ from: { labels: {} }, to: 'b' }],
    'expectations.0.from',
    'labels is no map of texts with an entry, or namespace is no text',
  ],
  [[{ from: 'a', to: 'b', port: 0 }], 'expectations.0.port', '0 is no port'],
  [[{ from: 'a', to: 'b', port: '90-80' }], 'expectations.0.port', '"90-80" is no port'],
  [[{ from: 'a', to: 'b', reach: 'no' }], 'expectations.0.reach', 'reach is "no"'],
  [[{ cluster: 1, isolated: 'a' }], 'expectations.0.cluster', 'cluster is no text'],
])('%j is a finding', (value, place, message) => {
  expect(read(value).findings).toMatchObject([{ code: 'NL970', message, origin: { file: place } }]);
});
