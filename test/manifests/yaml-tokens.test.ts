import { readDocuments } from '../../lib/manifests/read-documents';
import { yamlTokens } from '../../lib/manifests/yaml-tokens';

function tokens(text: string): string[] {
  return yamlTokens(text).flatMap(({ kind, start, end }) => (kind === 'gap' ? [] : [text.slice(start, end)]));
}

test.each<[string, string, string[]]>([
  ['a key, its brackets and its quotes', '"a": [b, "c"]\nd: \'e\n f\'\n', ['"a"', '[b, "c"]', "'e\n f'"]],
  ['text in a block', 'a: |\n  [\n  "\nb: [x]', ['[x]']],
  ['a block under its key', 'a:\n  >-\n  "b\n  [\nc: [x]', ['[x]']],
  ['a block that is a document', '--- |\n [\n---\nb: [x]', ['[x]']],
  ['a plain scalar that goes on with an indicator', 'a: b\n  > c\n  | d\n  "e\n  [f\ng: [x]', ['[x]']],
  ['a plain scalar of a list', '- a\n  "b\n- [x]', ['[x]']],
  ['a plain scalar that a comment ends', 'a: b # "\nc: [x]', ['[x]']],
  ['a plain scalar that goes on over blank lines', 'a: b\n\n  "c\nd: [x]', ['[x]']],
  ['quotes within plain scalars', "a: it's\nb: [c 'd, e\"f]\ng: [x]", ['[c \'d, e"f]', '[x]']],
  ['a comment within brackets', 'a: [ # ]"\n b]', ['[ # ]"\n b]']],
  ['a tag with a comma, and an anchor', 'a: !<x,[y> &z [!<t,]> b, &c "d]"]', ['[!<t,]> b, &c "d]"]']],
  ['JSON without a space', '{"a":"]","b":["}"]}', ['{"a":"]","b":["}"]}']],
  ['a directive', '%TAG !e! "tag:\n---\na: [x]', ['[x]']],
  ['what is not closed', 'a: [b\nc: "d', ['[b\nc: "d']],
  ['CRLF', 'a: |\r\n  "\r\nb: [\r\n]\r\n', ['[\r\n]']],
])('%s', (_, text, expected) => {
  expect(tokens(text)).toEqual(expected);
});

test.each([
  ['a: b\n  > c\nq: "e\n\tf"\n', { a: 'b > c', q: 'e f' }],
  ['a: b\n  | c\n  "d\nq: [\n\te]\n', { a: 'b | c "d', q: ['e'] }],
  ['a:\n  b\n  >= c\nq: "e\n\tf"\n', { a: 'b >= c', q: 'e f' }],
])('a line of a plain scalar that starts with an indicator of a block begins none: %j', (text, value) => {
  expect(readDocuments(text).map((document) => document.problem?.message ?? document.value)).toEqual([value]);
});

/** A text that counts how often a character of it is looked at. */
function counted(text: string): { readonly text: string; readonly looks: () => number } {
  let looks = 0;
  const proxy = new Proxy(Object(text) as object, {
    get(target, property) {
      if (typeof property === 'string' && /^\d+$/.test(property)) looks++;
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      looks += 3;
      return (value as (...parameters: unknown[]) => unknown).bind(text);
    },
  });
  return { text: proxy as unknown as string, looks: () => looks };
}

const LENGTH = 2000;

test.each(
  [
    ...[
      ' ',
      '\t',
      '\n',
      ' \n',
      '  a: [\n',
      'b,\n',
      '"',
      "''",
      '\\',
      '[',
      ']',
      '[]',
      '{',
      '{}',
      '# \n',
      '#',
      ' #',
      'a: ',
      ': ',
    ],
    ...[
      '- ',
      '? ',
      '|\n',
      '>\n',
      'a: |\n',
      '---\n',
      '...\n',
      '%\n',
      '&a ',
      '!a ',
      '!<',
      'a:\n  b\n',
      '"a": ',
      '[a : ',
      '[ \t',
      'a "',
      "a: 'b'#\n",
    ],
    ...['a: b\n  > c\n', ' a\n', 'a\n ', '\t\n', '\r', '[a #\n', '[\n', '"\n', '- |\n  x\n'],
  ].flatMap((part) => ['', 'a: [', 'a: |\n', 'a: "', 'a: b\n'].map((lead): [string, string] => [lead, part])),
)('the time is that of plain text, and not more: %j, then %j again and again', (lead, part) => {
  const looksAt = (text: string): number => {
    const { text: proxy, looks } = counted(text);
    yamlTokens(proxy);
    return looks();
  };
  const plain = looksAt(`a: ${'b'.repeat(LENGTH)}`);
  const text = lead + part.repeat(Math.ceil(LENGTH / part.length));
  expect(looksAt(text) / plain).toBeLessThan(MOST_LOOKS);
});

/** A character is looked at once as plain text; a line break and an indicator several times. */
const MOST_LOOKS = 8;
