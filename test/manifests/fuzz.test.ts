import fc from 'fast-check';
import { readManifests, type ReadManifests } from '../../lib/manifests';
import { readDocuments } from '../../lib/manifests/read-documents';
import { splitDocuments } from '../../lib/manifests/document-stream';
import { readText, serviceWith } from './read-text';

const MANIFESTS = [
  serviceWith('  selector: {app: web}\n  ports:\n    - port: 80\n      targetPort: http\n'),
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  annotations:\n    note: |\n      a\n      b\nspec:\n  selector: &l {matchLabels: {app: "web"}}\n  template:\n    metadata:\n      labels:\n        app: web\n',
  'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a, labels: {v: "1.10"}}\n  data:\n    x.json: |-\n      {"a": [1, 2]}\n- <<: {apiVersion: v1}\n  kind: Secret\n',
  '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "labels": {"app": "w\\u00e9b"}}, "spec": {"ports": [{"port": 80}]}}\n',
];

const PIECES = [
  ...[
    '---\n',
    '...\n',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '    ',
    ': ',
    ':',
    '- ',
    '? ',
    '# ',
    '"',
    "'",
    '|\n',
    '>-\n',
    '[',
    ']',
    '{',
    '}',
    ',',
  ],
  ...[
    '&a ',
    '*a',
    '<<: ',
    '!!int ',
    '!x ',
    '%YAML 1.1\n',
    '{{ x }}',
    '\\',
    '\0',
    '\uFEFF',
    '\u00a0',
    '\u2028',
    '😀',
    '\ud800',
  ],
  ...[
    'yes',
    '0123',
    '8e1',
    '22:22',
    '.inf',
    '~',
    '__proto__: ',
    'constructor: ',
    'kind: List\nitems: ',
    'labels: ',
    'apiVersion: 1\n',
  ],
];

const mutated = fc
  .tuple(
    fc.shuffledSubarray(MANIFESTS, { minLength: 1 }),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom('', ...PIECES)), { maxLength: 6 }),
  )
  .map(([documents, edits]) =>
    edits.reduce((text, [at, removed, inserted]) => {
      const offset = at % (text.length + 1);
      return text.slice(0, offset) + inserted + text.slice(offset + removed);
    }, documents.join('---\n')),
  );

/** Everything that a consumer may do with what was read. */
function use({ objects, findings, skipped }: ReadManifests): void {
  for (const { manifest, locate } of objects) {
    expect(JSON.stringify(manifest)).toEqual(expect.any(String));
    for (const path of [[], ['metadata', 'name'], ['spec', 'ports', 0, 'port'], ['x', 0]]) {
      expect(locate(path).line).toBeGreaterThan(0);
      expect(locate(path).column).toBeGreaterThan(0);
    }
  }
  for (const { message, help, origin } of findings) {
    expect(message).not.toMatch(/undefined|\[object|\n/);
    expect(help).not.toBe('');
    expect(origin?.line ?? 1).toBeGreaterThan(0);
  }
  for (const { because } of skipped) expect(because).not.toBe('');
}

test('mutations of manifests: no exception, and every place is one', () => {
  fc.assert(
    fc.property(mutated, (text) => {
      use(readText(text));
    }),
    { numRuns: 2000 },
  );
});

test('random YAML: no exception', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES, 'a', 'kind: Service\n', '  ')), (pieces) => {
      use(readText(pieces.join('')));
    }),
    { numRuns: 2000 },
  );
});

test('random bytes: no exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      use(readManifests([{ path: 'a.yaml', bytes }]));
    }),
  );
});

test('what is read does not depend on the documents around it', () => {
  fc.assert(
    fc.property(mutated, mutated, (a, b) => {
      const text = `${a}\n---\n${b}`;
      const alone = splitDocuments(text).flatMap(({ start, end }) =>
        readDocuments(text.slice(start, end)).map(({ value }) => value),
      );
      expect(readDocuments(text).map(({ value }) => value)).toEqual(alone);
    }),
    { numRuns: 1000 },
  );
});

test('plain JSON is read as JSON.parse does', () => {
  const key = fc.string().filter((text) => text !== '<<');
  const json = fc.dictionary(key, fc.jsonValue({ noUnicodeString: false }));
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      const documents = readDocuments(text);
      fc.pre(documents.every(({ problem, remarks }) => problem === null && remarks.length === 0));
      expect(documents.map((document) => document.value)).toEqual([JSON.parse(text)]);
    }),
  );
});

const MANY = 100_000;

test.each<[string, string, string[]]>([
  ['brackets', '['.repeat(MANY), ['NL940']],
  ['braces', '{a: '.repeat(MANY), ['NL940']],
  ['dashes', '- '.repeat(MANY), ['NL940']],
  ['question marks', '? '.repeat(MANY), ['NL940']],
  ['colons', 'a: '.repeat(MANY), ['NL931']],
  ['quotes', '"'.repeat(MANY), ['NL931']],
  ['a quote over many lines', `'${"''\n".repeat(MANY)}`, ['NL931']],
  ['backslashes', `a: "${'\\'.repeat(MANY + 1)}`, ['NL931']],
  ['open brackets over many lines', `a: [\n${'x,\n'.repeat(MANY)}`, ['NL931']],
  ['brackets over many lines that are not indented', `a:\n  b: [\n${'x,\n'.repeat(MANY)}]\n`, []],
  ['brackets beside a very wide line', `${' '.repeat(MANY)}a: [\n${'b,\n'.repeat(1000)}]`, ['NL931']],
  ['aliases of nothing', `[${'*x, '.repeat(MANY / 10)}]`, ['NL931']],
  ['one key many times', `kind: X\napiVersion: v1\n${'a: 1\n'.repeat(MANY / 10)}`, ['NL932']],
  ['empty documents', '---\n'.repeat(MANY), []],
  ['JSON values', '{}'.repeat(MANY / 10), []],
  ['a string of a million characters', `{"a": "${'x'.repeat(10 * MANY)}"} {"b": 1}`, []],
  ['spaces', `a: ${' '.repeat(MANY)}b\n`, []],
  ['anchors', '&a '.repeat(MANY), ['NL931']],
  ['tags', '!x '.repeat(MANY), ['NL931']],
  ['comments', '# x\n'.repeat(MANY), []],
  ['block scalars', Array.from({ length: MANY }, (_, index) => `a${index}: |\n`).join(''), []],
  ['byte order marks', '\uFEFF\n'.repeat(MANY), []],
  ['directives', `%TAG ! x:\n${'%YAML 1.2\n'.repeat(MANY)}`, ['NL931']],
  [
    'a chain of merges',
    `a0: &a0 {k: v}\n${Array.from({ length: 30_000 }, (_, index) => `a${index + 1}: &a${index + 1} {<<: *a${index}, k${index}: v}\n`).join('')}`,
    ['NL940'],
  ],
])('%s: ends', (_, text, codes) => {
  const { files, findings } = readText(text);
  expect(files).toBe(1);
  expect([...new Set(findings.map(({ code }) => code))]).toEqual(codes);
});
