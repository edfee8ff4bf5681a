import fc from 'fast-check';
import { splitDocuments, splitJsonValues, type TextSpan } from '../../lib/manifests/document-stream';

function parts(text: string, spans: readonly TextSpan[]): string[] {
  return spans.map(({ start, end }) => text.slice(start, end));
}

test.each<[string, string, string[]]>([
  ['one document', 'a: 1\n', ['a: 1\n']],
  ['nothing', '', []],
  ['two', 'a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
  ['a leading marker', '---\na: 1\n', ['---\na: 1\n']],
  ['CRLF', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']],
  ['CR alone', 'a: 1\r---\rb: 2', ['a: 1\r', '---\rb: 2']],
  ['a marker at the end', 'a: 1\n---', ['a: 1\n', '---']],
  ['content beside a marker', '--- {a: 1}\n--- # x\nb: 2', ['--- {a: 1}\n', '--- # x\nb: 2']],
  ['no marker without white space', 'a: |\n ---\n---x\n', ['a: |\n ---\n---x\n']],
  ['document end markers', 'a: 1\n...\nb: 2\n...\n', ['a: 1\n...\n', 'b: 2\n...\n']],
  [
    'directives',
    '%YAML 1.2\n---\na: 1\n...\n# x\n%TAG ! x,2000:\n---\nb: 2',
    ['%YAML 1.2\n---\na: 1\n...\n', '# x\n%TAG ! x,2000:\n---\nb: 2'],
  ],
  ['a byte order mark between', 'a: 1\n\uFEFF---\nb: 2', ['a: 1\n', '\uFEFF---\nb: 2']],
])('splits %s', (_, text, expected) => {
  expect(parts(text, splitDocuments(text))).toEqual(expected);
});

test('nothing is lost', () => {
  const piece = fc.constantFrom('---', '...', '\n', '\r', ' ', '%', '#', 'a: 1', '\uFEFF', '"');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(parts(text, splitDocuments(text)).join('')).toBe(text);
    }),
  );
});

test.each<[string, string[]]>([
  ['{"a":1}{"b":2}', ['{"a":1}', '{"b":2}']],
  ['{"a":"}{"}\n\n{"b":[{}]}\n', ['{"a":"}{"}', '\n\n{"b":[{}]}']],
  ['{"a":"\\"}"} {"b":2}', ['{"a":"\\"}"}', ' {"b":2}']],
  ['{"a":1} x {"b":2}', ['{"a":1}', ' x {"b":2}']],
  ['{"a":1', ['{"a":1']],
  ['  ', []],
])('splits the JSON values of %j', (text, expected) => {
  expect(parts(text, splitJsonValues(text))).toEqual(expected);
});
