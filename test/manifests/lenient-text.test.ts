import fc from 'fast-check';
import { parse } from 'yaml';
import { indentContinuationLines } from '../../lib/manifests/lenient-text';
import { readDocuments } from '../../lib/manifests/read-documents';
import { parseStream } from '../../lib/manifests/yaml-stream';

function indented(text: string): string | undefined {
  return indentContinuationLines(text)?.text;
}

test.each<[string, string, string | undefined]>([
  ['nothing to do', 'a: 1\nb: 2\n', undefined],
  ['brackets', 'a: [\nx,\n]\nb: 1', 'a: [\n x,\n ]\nb: 1'],
  ['braces in a list', '- {\na: 1\n}\n- b', '- {\n a: 1\n }\n- b'],
  ['quotes', 'a: \'x\ny\'\nb: "p\nq"\n', 'a: \'x\n y\'\nb: "p\n q"\n'],
  [
    'a quote that is doubled, and one that is escaped',
    "a: 'it''s\nx'\nb: \"\\\"\ny\"",
    "a: 'it''s\n x'\nb: \"\\\"\n y\"",
  ],
  ['brackets within quotes within brackets', 'a: ["]",\nb]\n', 'a: ["]",\n b]\n'],
  ['a comment within brackets', 'a: [ # ]\nb]\n', 'a: [ # ]\n b]\n'],
  ['behind a quoted key, a tag and an anchor', '"k": !x &y [\n]', '"k": !x &y [\n ]'],
  ['an apostrophe within text', "a: it's\nb: ['x\ny']", "a: it's\nb: ['x\n y']"],
  ['a block scalar, which stays as it is', 'a: |\n  [\n  "\nb: [\n]', 'a: |\n  [\n  "\nb: [\n   ]'],
  ['a block scalar in a list', '- a: |\n    [\n  b: [\n]', '- a: |\n    [\n  b: [\n     ]'],
  ['a comment, which stays as it is', '# [\na: {\n}', '# [\na: {\n }'],
  ['CRLF', 'a: [\r\n]\r\n', 'a: [\r\n ]\r\n'],
])('%s', (_, text, expected) => {
  expect(indented(text)).toBe(expected);
});

test.each([
  ['a: {b: 1,\tc: 2}', { a: { b: 1, c: 2 } }],
  ['a: {\tb:\t1\t,\n\tc: "x\ty"\t}', { a: { b: 1, c: 'x\ty' } }],
  ['a:\t[1,\n\t2]', { a: [1, 2] }],
  ["a: [x\t\ty,\t'it''s\tq',\t# it's [\n\tz]", { a: ['x\t\ty', "it's\tq", 'z'] }],
  ['{\n\t"a": {\n\t\t"b": 1\n\t}\n}', { a: { b: 1 } }],
  ['a: "x\n\ty"', { a: 'x y' }],
])('tabs that separate, as go-yaml reads them: %j', (text, value) => {
  expect(readDocuments(text).map((document) => document.problem ?? document.value)).toEqual([value]);
});

test.each([
  ['a: "b"#c', { a: 'b' }],
  ["a: 'b'#\nc: d", { a: 'b', c: 'd' }],
  ['a: [b]#c\nd: {}#', { a: ['b'], d: {} }],
  ['"a": "#b"#"c"\r\n"d": "e"\r\n', { a: '#b', d: 'e' }],
  ['- "a"#b\n- c#d', ['a', 'c#d']],
])('comments directly behind quotes and brackets, as go-yaml reads them: %j', (text, value) => {
  expect(readDocuments(text).map((document) => document.problem ?? document.value)).toEqual([value]);
});

test.each([
  ["a: '\\ud83d'", { a: '\\ud83d' }],
  ['a: "\\\\ud83d"', { a: '\\ud83d' }],
  ['a: |\n  "\\ud83d"\nb: "\\u00e9"', { a: '"\\ud83d"\n', b: 'é' }],
  ['a: "\\U0001F600\\x7f"', { a: '😀\x7f' }],
  ['{"a": "\\ud83d\\ude00\x7f"}', { a: '😀\x7f' }],
])('escapes, as go-yaml and readers of JSON take them: %j', (text, value) => {
  expect(readDocuments(text).map((document) => document.problem ?? document.value)).toEqual([value]);
});

test('what is far too wide is left as it is', () => {
  expect(indented(`a: [\n${'x,\n'.repeat(100)}]\n${' '.repeat(5000)}# wide`)).toBeUndefined();
});

test('every offset leads back to the same character', () => {
  const original = 'a: [\n  x,\ny,\n]\nb: "p\nq"\nc: 1\n';
  const result = indentContinuationLines(original);
  expect(result).not.toBeNull();
  const { text = '', originalOffset = Number } = result ?? {};
  for (let offset = 0; offset < text.length; offset++) {
    if (text[offset] !== ' ') expect(original[originalOffset(offset)]).toBe(text[offset]);
  }
});

test('values do not change', () => {
  const scalar = fc.constantFrom(
    'x',
    "'a b'",
    '"c\n d"',
    '[1,\n 2]',
    '{k: v,\n l: [w]}',
    '|\n  text [',
    "'it''s\n  x'",
  );
  fc.assert(
    fc.property(fc.array(scalar, { minLength: 1 }), (scalars) => {
      const text = scalars.map((value, index) => `k${index}: ${value}\n`).join('');
      const stream = parseStream(indented(text) ?? text);
      expect(stream.problem).toBeNull();
      expect(parse(indented(text) ?? text)).toEqual(parse(text));
    }),
  );
});
