import { celCheck } from '../../lib/schema/cel';
import { parseCel } from '../../lib/schema/cel-parser';
import { knownKind, KNOWN_TYPES } from '../../lib/schema/known-kinds';
import { EQUIVALENTS, LIKE_GO, patternTest } from '../../lib/schema/patterns';
import type { Schema } from '../../lib/schema/schema';
import { schemaProblems } from '../../lib/schema/walk';

const SCHEMAS = new Set<Schema>();

function collect(schema: Schema | undefined): void {
  if (schema === undefined || SCHEMAS.has(schema)) return;
  SCHEMAS.add(schema);
  for (const inner of [
    ...(schema.fields?.values() ?? []),
    ...(schema.all ?? []),
    ...(schema.any ?? []),
    ...(schema.one ?? []),
    schema.values,
    schema.items,
    schema.not,
  ]) {
    collect(inner);
  }
}

KNOWN_TYPES.forEach((type) => {
  collect(knownKind(type)?.schema);
});

const RULES = [...new Set([...SCHEMAS].flatMap(({ rules = [] }) => rules.map(({ rule }) => rule)))];
const PATTERNS = [...new Set([...SCHEMAS].flatMap(({ pattern }) => pattern ?? []))];

test('the kinds of all APIs are known, and others are not', () => {
  expect(KNOWN_TYPES.map((type) => [type, knownKind(type)?.api])).toMatchSnapshot();
  expect(knownKind('v1 constructor')).toBeUndefined();
  expect(knownKind('example.com/v1 Widget')).toBeUndefined();
});

test('every rule of the known schemas can be evaluated', () => {
  expect(RULES.length).toBeGreaterThan(100);
  expect(RULES.filter((rule) => parseCel(rule) === undefined)).toEqual([]);
  // A function that is not known would make it undefined for every value.
  const values = [{}, [], 'a', 1, { type: 'Exact', value: '/a' }];
  expect(RULES.filter((rule) => values.every((value) => celCheck(rule)(value) === undefined))).toEqual([]);
});

test('every pattern of the known schemas can be read', () => {
  expect(PATTERNS.length).toBeGreaterThan(25);
  expect(PATTERNS.filter((pattern) => patternTest(pattern) === undefined)).toEqual([]);
});

/** Of each pattern that JavaScript tries itself: long texts that nearly match. */
test.each([...LIKE_GO, ...EQUIVALENTS.keys()])('no text makes %s go back far', (pattern) => {
  const test = patternTest(pattern);
  const ends = ['a', 'a.', 'a-', 'A', '0', 'a/', '1h', '%41', ' ', 'a a'].map((part) => `${part.repeat(50_000)}\n`);
  for (const text of ends) expect(typeof test?.(text)).toBe('boolean');
});

const PAIRS: readonly (readonly [pattern: string, fits: readonly string[], not: readonly string[]])[] = [
  ['^([-a-zA-Z0-9_]+[.]?)+$', ['a', 'a.b', 'a.b.', '-_.x'], ['', '.', '.a', 'a..b', 'a b']],
  ['^([-a-zA-Z0-9_*]+[.]?)+$', ['*', '*.example.com'], ['', 'a..b']],
  ['^[!-~]+([\\t ]?[!-~]+)*$', ['a', 'a b', 'a\tb'], ['', ' a', 'a  b', 'a ']],
  ['^\\PC*$', ['', 'a', 'é'], ['\u0000', '\u202e']],
  ['^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$', ['a', '.A.b_1'], ['', '1', 'a..b', 'a-b']],
];

test.each(PAIRS)('%s says the same in its other form', (pattern, fits, not) => {
  const test = patternTest(pattern);
  expect(fits.map((text) => test?.(text))).toEqual(fits.map(() => true));
  expect(not.map((text) => test?.(text))).toEqual(not.map(() => false));
});

test('fields of Kubernetes are there in the versions that have them', () => {
  const pod = (spec: object): unknown => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });
  const schema = knownKind('v1 Pod')?.schema ?? {};
  const unknownIn = (minor: number | undefined): readonly string[] =>
    schemaProblems(pod({ hostnameOverride: 'a', containers: [] }), schema, { minor }).map(({ fault }) => fault.kind);
  expect(unknownIn(undefined)).toEqual([]);
  expect(unknownIn(30)).toEqual(['unknown']);
  expect(unknownIn(37)).toEqual([]);
});
