import { at, integer, list, member, nonEmpty, positive, record, text, textMap, texts } from '../../lib/model';

const HOSTILE = JSON.parse('{"__proto__": {"a": 1}, "constructor": "c", "own": null}') as unknown;

test.each([
  [{ a: 1 }, 'a', 1],
  [{ a: 1 }, 'toString', undefined],
  [{ a: 1 }, '__proto__', undefined],
  [HOSTILE, '__proto__', { a: 1 }],
  [HOSTILE, 'constructor', 'c'],
  [HOSTILE, 'a', undefined],
  [HOSTILE, 'own', null],
  [null, 'a', undefined],
  [undefined, 'a', undefined],
  ['text', 'length', undefined],
  [[1, 2], 'length', undefined],
  [[1, 2], '0', undefined],
])('member(%j, %s) is %j', (value, key, expected) => {
  expect(member(value, key)).toEqual(expected);
});

test.each([
  [['spec', 'ports', 1, 'port'], 81],
  [['spec', 'ports', 2, 'port'], undefined],
  [['spec', 'ports', -1], undefined],
  [['spec', 'ports', 'length'], undefined],
  [['spec', 'ports', '0'], undefined],
  [['spec', 0], undefined],
  [['none', 'at', 'all'], undefined],
])('at(…, %j) is %j', (path, expected) => {
  expect(at({ spec: { ports: [{ port: 80 }, { port: 81 }] } }, ...path)).toEqual(expected);
});

test('at without a path is the value itself', () => {
  expect(at('value')).toBe('value');
});

test.each([
  [{}, {}],
  [[], undefined],
  [null, undefined],
  ['', undefined],
  [0, undefined],
  [undefined, undefined],
])('record(%j) is %j', (value, expected) => {
  expect(record(value)).toEqual(expected);
});

test.each([
  ['a', 'a', 'a', undefined, undefined],
  ['', '', undefined, undefined, undefined],
  ['80', '80', '80', undefined, undefined],
  [80, undefined, undefined, 80, 80],
  [0, undefined, undefined, 0, undefined],
  [-1, undefined, undefined, -1, undefined],
  [1.5, undefined, undefined, undefined, undefined],
  [Number.NaN, undefined, undefined, undefined, undefined],
  [Number.POSITIVE_INFINITY, undefined, undefined, undefined, undefined],
  [true, undefined, undefined, undefined, undefined],
  [null, undefined, undefined, undefined, undefined],
  [{}, undefined, undefined, undefined, undefined],
])('%j as text %j, non-empty text %j, integer %j, positive integer %j', (value, asText, filled, whole, above) => {
  expect([text(value), nonEmpty(value), integer(value), positive(value)]).toEqual([asText, filled, whole, above]);
});

test.each([
  [
    ['a', 1, null, 'b'],
    ['a', 1, null, 'b'],
    ['a', 'b'],
  ],
  ['ab', [], []],
  [{ length: 1, 0: 'a' }, [], []],
  [undefined, [], []],
])('%j as list %j, as texts %j', (value, asList, asTexts) => {
  expect([list(value), texts(value)]).toEqual([asList, asTexts]);
});

test.each([
  [
    { b: '2', a: '1', c: 3, d: null },
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    JSON.parse('{"__proto__": "x", "Z": "y"}'),
    [
      ['Z', 'y'],
      ['__proto__', 'x'],
    ],
  ],
  [['a'], []],
  ['a', []],
  [null, []],
])('textMap(%j) holds %j, sorted', (value, expected) => {
  expect([...textMap(value)]).toEqual(expected);
});
