import fc from 'fast-check';
import { jsonErrorAt, memberNames } from '../../lib/plan/json-errors';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['{', 1],
  ['{"a"', 4],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{1: 2}', 1],
  ['01', 1],
  ['"\n"', 0],
  ['tru', 0],
  ['[}', 1],
  ['{]', 1],
  ['}', 0],
  [' ', 1],
  ['{"a": "b', 8],
])('%j stops being JSON at %i', (text, at) => {
  expect(jsonErrorAt(text)).toBe(at);
});

test('agrees with JSON.parse on what is JSON', () => {
  const mutated = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', ':', '}', ']', '"', '1', '{', ' '))
    .map(([text, position, inserted]) => {
      const at = position % (text.length + 1);
      return text.slice(0, at) + inserted + text.slice(at + (position % 2));
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), mutated), (text) => {
      expect(jsonErrorAt(text) === null).toBe(isJson(text));
    }),
    { numRuns: 1000 },
  );
});

test('member names with their places, strings that look like names left out', () => {
  expect([...memberNames('{"a": "b\\":", "c\\u0041" : {"d": ["e"]}}')]).toEqual([
    { name: 'a', at: 1 },
    { name: 'cA', at: 14 },
    { name: 'd', at: 27 },
  ]);
});
