import { readLocatedDocument } from '../../lib/manifests';

function problems(text: string): string[] {
  return readLocatedDocument(text, 'fleet.yaml').problems.map(
    ({ message, origin }) => `${String(origin.file)}:${String(origin.line)}:${String(origin.column)} ${message}`,
  );
}

test('reads one document with its places', () => {
  const {
    value,
    problems: none,
    locate,
  } = readLocatedDocument('supernets: [10.0.0.0/8]\nclusters:\n  prod: {nodes: 3}\n', 'fleet.yaml');
  expect(none).toEqual([]);
  expect(value).toEqual({ supernets: ['10.0.0.0/8'], clusters: { prod: { nodes: 3 } } });
  expect(locate(['clusters', 'prod', 'nodes'])).toEqual({ file: 'fleet.yaml', line: 3, column: 17, construct: null });
  expect(locate(['clusters', 'prod'])).toMatchObject({ line: 3, column: 3 });
  expect(locate([])).toMatchObject({ line: 1, column: 1 });
});

test.each([
  ['nothing', ''],
  ['a comment', '# x\n'],
  ['null', 'null\n'],
])('%s is null', (_, text) => {
  const { value, problems: none, locate } = readLocatedDocument(text, 'fleet.yaml');
  expect([value, none, locate(['x']).line]).toEqual([null, [], 1]);
});

test.each<[string, string, string[]]>([
  ['no YAML', 'a: [b', ['fleet.yaml:1:6 unexpected end of the stream within a flow collection']],
  ['a second document', 'a: 1\n---\nb: 2\n', ['fleet.yaml:3:1 a second document starts here']],
  [
    'a key twice',
    'a: 1\na: 2\n',
    [
      'fleet.yaml:2:1 the key "a" appears twice in this map: kubectl takes the last value, other readers refuse the document',
    ],
  ],
  ['an alias of nothing', 'a: *x\n', ['fleet.yaml:1:4 *x refers to an anchor that is not there']],
])('%s is a problem', (_, text, expected) => {
  expect(problems(text)).toEqual(expected);
  const { value, locate } = readLocatedDocument(text, 'fleet.yaml');
  expect([value, locate(['a']).line]).toEqual([undefined, 1]);
});

test('a value with two meanings is read as kubectl reads it', () => {
  const { value, problems: none } = readLocatedDocument('rule: off\nmode: 0100\n', 'netloom.yaml');
  expect([value, none]).toEqual([{ rule: false, mode: 64 }, []]);
});
