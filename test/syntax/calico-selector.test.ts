import fc from 'fast-check';
import { readCalicoSelector, selectorProblem, selects } from '../../lib/syntax/calico-selector';

test.each([
  '',
  ' ',
  'all()',
  'all( ) ',
  '!all()',
  "app == 'web'",
  'app=="web"',
  "topology.kubernetes.io/zone != 'a'",
  "app contains 'we' || app starts with 'w' || app ends  with 'b'",
  "app in {'web', \"api\"} && app not in {'db'} && app notin {}",
  "app in {'web',}",
  'has(app) && !has( projectcalico.org/name )',
  "!!(app == 'web' && (has(a) || !has(b)))",
  "all == 'yes' && has == 'x' && in in {'in'}",
  "text == 'a && (global() = b'",
])('%s', (selector) => {
  expect(selectorProblem('selector', selector)).toBeUndefined();
});

test.each([
  ["app = 'web'", "selector has = 'web' at character 5, expected an operator"],
  ['app == web', 'selector has web at character 8, expected a value in quotes'],
  ["app == 'web", "selector has 'web at character 8, expected a value in quotes"],
  ['app ==', 'selector ends where a value in quotes should follow'],
  ['app', 'selector ends where an operator should follow'],
  ["app in ('web')", "selector has ('web') at character 8, expected values in braces"],
  ["app in {'web' 'api'}", "selector has 'api'} at character 15, expected values in braces"],
  ["app == 'web' & has(x)", 'selector has & has(x) at character 14, expected &&, || or the end'],
  ["app == 'web', tier == 'a'", "selector has , tier == 'a' at character 13, expected &&, || or the end"],
  ["app == 'web' && ", 'selector ends where a condition should follow'],
  ["(app == 'web'", 'selector ends where &&, || or a closing parenthesis should follow'],
  ["app == 'web')", 'selector has ) at character 13, expected &&, || or the end'],
  ['has(app', 'selector has (app at character 4, expected an operator'],
  ["has('app')", "selector has ('app') at character 4, expected an operator"],
  ['all ()', 'selector has () at character 5, expected an operator'],
  ['()', 'selector has ) at character 2, expected a condition'],
  ['!', 'selector ends where a condition should follow'],
  ['(', 'selector ends where a condition should follow'],
  [
    '{a very long text that nobody wants to read}',
    'selector has {a very long text that n… at character 1, expected a condition',
  ],
  ['global()', 'selector uses global(), which only the namespaceSelector of a rule of a policy may'],
])('%s is refused', (selector, message) => {
  expect(selectorProblem('selector', selector)?.message).toBe(message);
});

test('global() stands alone where it may stand', () => {
  const problem = (selector: string): string | undefined =>
    selectorProblem('namespaceSelector', selector, { mayBeGlobal: true })?.message;
  expect(problem('global()')).toBeUndefined();
  expect(problem("app == 'global()'")).toBeUndefined();
  expect(problem('all() || global()')).toBe('namespaceSelector uses global() beside other conditions');
});

test('a selector has a longest length', () => {
  expect(selectorProblem('nodeSelector', 'has(a)', { longest: 5 })?.message).toBe(
    'nodeSelector has 6 characters, and at most 5 are allowed',
  );
});

test('parentheses may be as deep as the text is long', () => {
  const deep = 50_000;
  const nested = `${'!('.repeat(deep)}all()${')'.repeat(deep)}`;
  expect(selectorProblem('selector', nested)).toBeUndefined();
  expect(isSelected(nested, {})).toBe(true);
  expect(selectorProblem('selector', '('.repeat(deep))).toBeDefined();
});

function isSelected(selector: string, labels: Readonly<Record<string, string>>): boolean | undefined {
  const read = readCalicoSelector(selector);
  return read && selects(read, new Map(Object.entries(labels)));
}

/** The labels of the table: those of a node in rack a that has no zone. */
const NODE = { rack: 'a', 'kubernetes.io/os': 'linux', empty: '', in: 'in' };

test.each([
  ['', true],
  ['  ', true],
  ['all()', true],
  ['!all()', false],
  ['!!all()', true],
  ["rack == 'a'", true],
  ["rack == 'b'", false],
  ["zone == 'a'", false],
  ["zone == ''", false],
  ["empty == ''", true],
  ["rack != 'a'", false],
  ["rack != 'b'", true],
  ["zone != 'a'", true],
  ['rack in {\'b\', "a"}', true],
  ['rack in {}', false],
  ["zone in {'a'}", false],
  ["rack not in {'a', 'b'}", false],
  ["rack notin {'b',}", true],
  ["zone not in {'a'}", true],
  ['zone not in {}', true],
  ['has(rack)', true],
  ['has(empty)', true],
  ['has(zone)', false],
  ['!has( zone )', true],
  ["kubernetes.io/os contains 'inu'", true],
  ["kubernetes.io/os starts with 'lin' && kubernetes.io/os ends with 'nux'", true],
  ["kubernetes.io/os startswith 'nux'", false],
  ["kubernetes.io/os ends  with 'lin'", false],
  ["zone contains ''", false],
  ["zone starts with ''", false],
  ["empty ends with ''", true],
  ["in in {'in'}", true],
  ['has(rack) || has(rack) && has(zone)', true],
  ['(has(rack) || has(rack)) && has(zone)', false],
  ['has(zone) && has(rack) || has(rack)', true],
  ['!has(zone) && has(rack)', true],
  ['!(has(zone) && has(rack))', true],
  ['!has(rack) || has(zone)', false],
  ['!(has(rack) || has(zone)) || !(!has(rack))', true],
])('%s selects the node: %j', (selector, expected) => {
  expect(isSelected(selector, NODE)).toBe(expected);
});

test('a selector that cannot be read is none, and one that can says its labels', () => {
  expect(readCalicoSelector("rack = 'a'")).toBeUndefined();
  expect(readCalicoSelector('(has(rack)')).toBeUndefined();
  expect([...(readCalicoSelector("all() || !has(a) && b in {'c'} && a != 'd'")?.labels ?? [])]).toEqual(['a', 'b']);
});

const LABEL = fc.constantFrom('app', 'has', 'a.b/c-d', 'in', '9');
const VALUE = fc.constantFrom("'x'", '"y"', "''", "'&& ('");
const CONDITION = fc.oneof(
  fc.constantFrom('all()', 'has(in)'),
  fc
    .tuple(LABEL, fc.constantFrom('==', '!=', ' contains ', ' starts with ', ' ends with'), VALUE)
    .map((parts) => parts.join('')),
  fc
    .tuple(LABEL, fc.constantFrom(' in', ' not in '), fc.array(VALUE))
    .map(([label, operator, values]) => `${label}${operator}{${values.join(', ')}}`),
);
const { selector: SELECTOR } = fc.letrec<{ selector: string }>((tie) => ({
  selector: fc.oneof(
    { maxDepth: 5 },
    CONDITION,
    tie('selector').map((inner) => `!(${inner})`),
    fc.tuple(tie('selector'), fc.constantFrom('&&', ' || '), tie('selector')).map((parts) => parts.join('')),
  ),
}));

test('what the grammar makes can be read, and no text throws', () => {
  fc.assert(fc.property(SELECTOR, (selector) => selectorProblem('selector', selector) === undefined));
  fc.assert(
    fc.property(fc.string(), (text) => {
      selectorProblem('selector', text);
    }),
  );
});

/** A selector beside what it means, told without reading it. */
interface Meaning {
  readonly text: string;
  readonly of: (labels: Readonly<Record<string, string>>) => boolean;
}

const KEY = fc.constantFrom('a', 'b');
const WORD = fc.constantFrom('', 'x', 'xy', 'yx');
const { meaning: MEANING } = fc.letrec<{ meaning: Meaning }>((tie) => ({
  meaning: fc.oneof(
    { maxDepth: 5 },
    fc.constant<Meaning>({ text: 'all()', of: () => true }),
    KEY.map((key): Meaning => ({ text: `has(${key})`, of: (labels) => key in labels })),
    fc
      .tuple(KEY, WORD)
      .map(([key, word]): Meaning => ({ text: `${key}=='${word}'`, of: (labels) => labels[key] === word })),
    fc
      .tuple(KEY, WORD)
      .map(([key, word]): Meaning => ({ text: `${key} != '${word}'`, of: (labels) => labels[key] !== word })),
    fc
      .tuple(KEY, WORD, fc.constantFrom('contains', 'starts with', 'ends with'))
      .map(([key, word, operator]): Meaning => ({
        text: `${key} ${operator} '${word}'`,
        of: (labels) =>
          key in labels &&
          new RegExp(`${operator === 'starts with' ? '^' : ''}${word}${operator === 'ends with' ? '$' : ''}`).test(
            labels[key],
          ),
      })),
    fc.tuple(KEY, fc.array(WORD), fc.boolean()).map(([key, words, isNot]): Meaning => ({
      text: `${key} ${isNot ? 'not in' : 'in'} {${words.map((word) => `"${word}"`).join(',')}}`,
      of: (labels) => isNot !== words.some((word) => labels[key] === word),
    })),
    tie('meaning').map(({ text, of }): Meaning => ({ text: `!(${text})`, of: (labels) => !of(labels) })),
    fc
      .array(fc.array(tie('meaning'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((alternatives): Meaning => ({
        // Without parentheses: && binds closer.
        text: alternatives.map((all) => all.map(({ text }) => inner(text)).join(' && ')).join(' || '),
        of: (labels) => alternatives.some((all) => all.every(({ of }) => of(labels))),
      })),
  ),
}));

function inner(text: string): string {
  return /&&|\|\|/.test(text) ? `(${text})` : text;
}

const LABELS = fc
  .record({ a: WORD, b: WORD }, { requiredKeys: [] })
  .map((labels): Readonly<Record<string, string>> => labels);

test('a selector selects what it means', () => {
  fc.assert(
    fc.property(MEANING, LABELS, ({ text, of }, labels) => {
      expect([text, isSelected(text, labels)]).toEqual([text, of(labels)]);
    }),
    { numRuns: 2000 },
  );
});
