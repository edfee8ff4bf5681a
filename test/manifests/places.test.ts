import { readText } from './read-text';

const TEXT = `# a Service
apiVersion: v1
kind: Service
metadata:
  name: "web"
  annotations:
    "a.b/c": x
    text: |
      many
      lines
    folded: >- # why
      one
spec:
  empty:
  selector: &pods {app: 'web', tier: front}
  same: *pods
  merged:
    <<: *pods
    own: 1
  ports:
    - port: 80
      name: http
    - {port: 81}
    -
      - a
      - [b,
      c]
`;

function place(text: string, path: readonly (string | number)[]): string {
  const { line, column } = readText(text).objects[0].locate(path);
  return `${String(line)}:${String(column)}`;
}

test.each<[string, (string | number)[], string]>([
  ['the object', [], '2:1'],
  ['a value', ['kind'], '3:7'],
  ['a quoted value, with its quote', ['metadata', 'name'], '5:9'],
  ['a map, by its key', ['metadata'], '4:1'],
  ['a value under a quoted key', ['metadata', 'annotations', 'a.b/c'], '7:14'],
  ['a block scalar, by its indicator', ['metadata', 'annotations', 'text'], '8:11'],
  ['a folded one with a comment', ['metadata', 'annotations', 'folded'], '11:13'],
  ['a value that is not written, by its key', ['spec', 'empty'], '14:3'],
  ['an anchored map', ['spec', 'selector'], '15:3'],
  ['in an anchored map', ['spec', 'selector', 'app'], '15:25'],
  ['an alias', ['spec', 'same'], '16:9'],
  ['behind an alias, where it is written', ['spec', 'same', 'tier'], '15:38'],
  ['what is merged, where it is written', ['spec', 'merged', 'app'], '15:25'],
  ['beside what is merged', ['spec', 'merged', 'own'], '19:10'],
  ['a list, by its key', ['spec', 'ports'], '20:3'],
  ['an item that is a map, by its first key', ['spec', 'ports', 0], '21:7'],
  ['in an item', ['spec', 'ports', 0, 'name'], '22:13'],
  ['an item in brackets', ['spec', 'ports', 1], '23:7'],
  ['in brackets', ['spec', 'ports', 1, 'port'], '23:14'],
  ['a list in a list', ['spec', 'ports', 2], '25:7'],
  ['an item of it', ['spec', 'ports', 2, 0], '25:9'],
  ['in brackets that are not indented', ['spec', 'ports', 2, 1, 1], '27:7'],
  ['what is absent, by its nearest parent', ['spec', 'ports', 0, 'nodePort'], '21:7'],
  ['an item that is absent', ['spec', 'ports', 9, 'port'], '20:3'],
  ['below a scalar', ['kind', 'x', 0], '3:7'],
  ['a member that only prototypes have', ['spec', 'constructor'], '13:1'],
])('%s', (_, path, expected) => {
  expect(place(TEXT, path)).toBe(expected);
  expect(place(TEXT.replaceAll('\n', '\r\n'), path)).toBe(expected);
  expect(place(`\uFEFF${TEXT}`, path)).toBe(expected);
});

test.each<[string, (string | number)[], string]>([
  ['of a value', ['kind'], '3:1'],
  ['with its quote', ['metadata', 'annotations', 'a.b/c'], '7:5'],
  ['of a block scalar', ['metadata', 'annotations', 'text'], '8:5'],
  ['behind an alias', ['spec', 'same', 'tier'], '15:32'],
  ['in an item', ['spec', 'ports', 0, 'name'], '22:7'],
  ['in brackets', ['spec', 'ports', 1, 'port'], '23:8'],
  ['of an item, which has none', ['spec', 'ports', 2, 0], '25:9'],
  ['of what is absent, by its nearest parent', ['spec', 'ports', 0, 'nodePort'], '21:7'],
])('a key: %s', (_, path, expected) => {
  const { line, column } = readText(TEXT).objects[0].locate(path, 'key');
  expect(`${String(line)}:${String(column)}`).toBe(expected);
});

test('a key of a document whose values were noted', () => {
  const { line, column } = readText('---\nkind: Pod\napiVersion: v1\n').objects[0].locate(['apiVersion'], 'key');
  expect([line, column]).toEqual([3, 1]);
});

test('places count from the start of the file, whatever document they are in', () => {
  const documents = Array.from(
    { length: 1000 },
    (_, index) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: s${index}\n`,
  );
  const { objects } = readText(documents.join('---\n'));
  expect(objects.map(({ locate }) => locate(['metadata', 'name']).line)).toEqual(
    documents.map((_, index) => index * 5 + 4),
  );
});

test('places of many large documents, in any order', () => {
  const filler = Array.from({ length: 20_000 }, (_, index) => `  key${index}: ${'x'.repeat(30)}`).join('\n');
  const document = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${filler}\n  last: 1\n`;
  const { objects } = readText(Array<string>(8).fill(document).join('---\n'));
  const lines = [0, 1, 7, 3, 0, 5, 2, 6, 4, 0].map((index) => objects[index].locate(['data', 'last']).line);
  expect(lines).toEqual([0, 1, 7, 3, 0, 5, 2, 6, 4, 0].map((index) => index * 20_006 + 20_005));
});

test('items of lists know their own places', () => {
  const { objects } = readText(
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: v1, kind: Service, metadata: {name: web}}\n',
  );
  expect(objects[0].locate(['metadata', 'name'])).toEqual({ file: 'a.yaml', line: 7, column: 54, construct: null });
  expect(objects[0].locate([])).toMatchObject({ line: 7, column: 5 });
});

test('brackets and quotes that are not indented keep their places', () => {
  const text =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  a: [\n  x, y,\n  ]\n  b: 'p\nq'\n  c: {\n  d: 1 }\n";
  expect(place(text, ['spec', 'a', 1])).toBe('6:6');
  expect(place(text, ['spec', 'b'])).toBe('8:6');
  expect(place(text, ['spec', 'c', 'd'])).toBe('11:6');
});
