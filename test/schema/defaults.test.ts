import { withDefaults } from '../../lib/schema/defaults';
import { readSchema } from '../../lib/schema/openapi';

const PATH = { type: 'object', properties: { type: { type: 'string', default: 'Prefix' }, value: { type: 'string' } } };

const SCHEMA = readSchema({
  type: 'object',
  properties: {
    name: { type: 'string' },
    weight: { type: 'integer', default: 1 },
    path: { ...PATH, default: {} },
    optional: PATH,
    rules: { type: 'array', items: PATH },
    byName: { type: 'object', additionalProperties: PATH },
  },
});

test.each<[string, unknown, unknown]>([
  ['what is absent, with the defaults below it', {}, { weight: 1, path: { type: 'Prefix' } }],
  ['a null', { weight: null, path: null }, { weight: 1, path: { type: 'Prefix' } }],
  [
    'what is there has its own defaults, and keeps its place',
    { path: { value: '/a' }, weight: 0 },
    { path: { value: '/a', type: 'Prefix' }, weight: 0 },
  ],
  [
    'an absent mapping without default stays absent',
    { optional: {} },
    { optional: { type: 'Prefix' }, weight: 1, path: { type: 'Prefix' } },
  ],
  [
    'items of lists, and values under names of the author',
    { rules: [{ type: 'Exact' }, {}], byName: JSON.parse('{ "__proto__": {}, "b": { "type": "Exact" } }') as unknown },
    {
      rules: [{ type: 'Exact' }, { type: 'Prefix' }],
      byName: JSON.parse('{ "__proto__": { "type": "Prefix" }, "b": { "type": "Exact" } }') as unknown,
      weight: 1,
      path: { type: 'Prefix' },
    },
  ],
  ['what is no mapping is left to the walk', { rules: 'x', path: [7] }, { rules: 'x', path: [7], weight: 1 }],
])('%s', (_, value, expected) => {
  const before = JSON.stringify(value);
  expect(JSON.stringify(withDefaults(value, SCHEMA))).toBe(JSON.stringify(expected));
  expect(JSON.stringify(value)).toBe(before);
});

test('a complete value is returned as it is, and so is what becomes of an incomplete one', () => {
  const complete = withDefaults({ rules: [{}], byName: { a: {} } }, SCHEMA);
  expect(withDefaults(complete, SCHEMA)).toBe(complete);
});
