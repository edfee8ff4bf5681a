import { readSchema } from '../../lib/schema/openapi';
import { schemaProblems } from '../../lib/schema/walk';

function problems(openapi: object, value: unknown): readonly string[] {
  return schemaProblems(value, readSchema(openapi)).map(({ path, fault }) => {
    const more = 'field' in fault ? ` ${fault.field}` : 'rule' in fault ? ` ${fault.rule.rule}` : '';
    return `${path.join('.')}: ${fault.kind}${more}`;
  });
}

const TEXT = { type: 'string' };

test.each<[string, object, unknown, readonly string[]]>([
  ['a text', TEXT, 5, [': type']],
  ['a whole number', { type: 'integer' }, 1.5, [': type']],
  ['a number', { type: 'number' }, 1.5, []],
  ['a number or a text', { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, TEXT] }, true, [': type']],
  ['a number or a text, as a number', { 'x-kubernetes-int-or-string': true }, 5, []],
  ['null of a type', TEXT, null, [': null']],
  ['null where it may be', { ...TEXT, nullable: true }, null, []],
  ['null of a field, which the API server drops', { properties: { a: TEXT } }, { a: null }, []],
  ['null of a field that is required', { properties: { a: TEXT }, required: ['a'] }, { a: null }, [': required a']],
  ['null of an item', { type: 'array', items: TEXT }, ['a', null], ['1: null']],
  ['a field that is not there', { properties: { a: TEXT } }, { a: 'x', b: 1 }, [': unknown b']],
  ['a field named as the prototype has it', { properties: { a: TEXT } }, { constructor: 1 }, [': unknown constructor']],
  [
    'other fields, which are kept',
    { properties: { a: TEXT }, 'x-kubernetes-preserve-unknown-fields': true },
    { b: 1 },
    [],
  ],
  ['a mapping with keys of its own', { additionalProperties: TEXT }, { any: 'x', other: 5 }, ['other: type']],
  ['a field that is missing', { properties: { a: TEXT }, required: ['a'] }, {}, [': required a']],
  ['a missing field with a default', { properties: { a: { ...TEXT, default: 'x' } }, required: ['a'] }, {}, []],
  ['words', { enum: ['A', 'B'] }, 'a', [': enum']],
  ['a pattern', { ...TEXT, pattern: '^[a-z]+$' }, 'A', [': pattern']],
  ['a pattern that only Go reads', { ...TEXT, pattern: '(?i)^[a-z]+\\z' }, 'A', []],
  ['a pattern that is none', { ...TEXT, pattern: '(' }, 'A', []],
  ['a format', { ...TEXT, format: 'cidr' }, '10.0.0.0', [': format']],
  ['a format that nobody checks', { ...TEXT, format: 'idn-hostname' }, '!', []],
  ['the length of a text, in characters', { ...TEXT, maxLength: 2 }, '😀😀', []],
  ['a text that is too long', { ...TEXT, maxLength: 2 }, 'abc', [': maxLength']],
  ['a text that is too short', { ...TEXT, minLength: 1 }, '', [': minLength']],
  ['a number that is too small', { minimum: 1 }, 0, [': minimum']],
  ['a number that is too large', { maximum: 1 }, 2, [': maximum']],
  ['a number beyond 32 bits', { type: 'integer', format: 'int32' }, 2 ** 31, [': maximum']],
  ['a list that is too short', { type: 'array', minItems: 1 }, [], [': minItems']],
  ['a list that is too long', { type: 'array', maxItems: 1 }, [1, 2], [': maxItems']],
  [
    'too few fields: a null is dropped',
    { type: 'object', minProperties: 1, properties: { a: TEXT } },
    { a: null },
    [': minProperties'],
  ],
  ['too few fields', { minProperties: 1, additionalProperties: TEXT }, {}, [': minProperties']],
  ['too many fields', { maxProperties: 0, additionalProperties: TEXT }, { a: 'x' }, [': maxProperties']],
  ['a set', { type: 'array', 'x-kubernetes-list-type': 'set' }, ['a', 'b', 'a'], ['2: repeated']],
  [
    'a list with keys, one of which has a default',
    {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: { properties: { port: { type: 'integer' }, protocol: { ...TEXT, default: 'TCP' } } },
    },
    [{ port: 80 }, { port: 80, protocol: 'UDP' }, { port: 80, protocol: 'TCP' }],
    ['2: repeated'],
  ],
  ['one of several', { oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 2 }, [': alternatives']],
  ['any of several', { anyOf: [{ required: ['a'] }, { required: ['b'] }] }, { c: 1 }, [': alternatives']],
  ['not', { not: { required: ['a'] } }, { a: 1 }, [': alternatives']],
  [
    'a rule, of an object that the defaults complete',
    {
      properties: { mode: { ...TEXT, default: 'On' }, name: TEXT },
      'x-kubernetes-validations': [{ rule: `self.mode == 'On' ? has(self.name) : true` }],
    },
    {},
    [`: rule self.mode == 'On' ? has(self.name) : true`],
  ],
  [
    'a rule below a list and a mapping',
    {
      properties: {
        a: { type: 'array', items: { additionalProperties: { 'x-kubernetes-validations': [{ rule: 'self > 0' }] } } },
      },
    },
    { a: [{ x: 1 }, { y: 0 }] },
    ['a.1.y: rule self > 0'],
  ],
  [
    'no rule where the structure is wrong',
    { properties: { a: TEXT }, 'x-kubernetes-validations': [{ rule: `self.a == 'x'` }] },
    { a: 1 },
    ['a: type'],
  ],
  ['a rule about changes', { 'x-kubernetes-validations': [{ rule: 'self == oldSelf' }] }, 'x', []],
])('%s', (_, openapi, value, expected) => {
  expect(problems(openapi, value)).toEqual(expected);
});

test('a schema that is no schema asks for nothing', () => {
  for (const openapi of [null, [], 'x', { type: 5, properties: [], items: 5, enum: 'x', pattern: 5, minimum: 'x' }]) {
    expect(schemaProblems({ a: [1, null] }, readSchema(openapi))).toEqual([]);
  }
});
