import fc from 'fast-check';
import { selectorProblem } from '../../lib/syntax/calico-selector';

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
  ["app = 'web'", "selector has = 'web' at character 5, where an operator should stand"],
  ['app == web', 'selector has web at character 8, where a value in quotes should stand'],
  ["app == 'web", "selector has 'web at character 8, where a value in quotes should stand"],
  ['app ==', 'selector ends where a value in quotes should follow'],
  ['app', 'selector ends where an operator should follow'],
  ["app in ('web')", "selector has ('web') at character 8, where values in braces should stand"],
  ["app in {'web' 'api'}", "selector has 'api'} at character 15, where values in braces should stand"],
  ["app == 'web' & has(x)", 'selector has & has(x) at character 14, where &&, || or the end should stand'],
  ["app == 'web', tier == 'a'", "selector has , tier == 'a' at character 13, where &&, || or the end should stand"],
  ["app == 'web' && ", 'selector ends where a condition should follow'],
  ["(app == 'web'", 'selector ends where &&, || or a closing parenthesis should follow'],
  ["app == 'web')", 'selector has ) at character 13, where &&, || or the end should stand'],
  ['has(app', 'selector has (app at character 4, where an operator should stand'],
  ["has('app')", "selector has ('app') at character 4, where an operator should stand"],
  ['all ()', 'selector has () at character 5, where an operator should stand'],
  ['()', 'selector has ) at character 2, where a condition should stand'],
  ['!', 'selector ends where a condition should follow'],
  ['(', 'selector ends where a condition should follow'],
  [
    '{a very long text that nobody wants to read}',
    'selector has {a very long text that n… at character 1, where a condition should stand',
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
  expect(selectorProblem('selector', `${'('.repeat(deep)}all()${')'.repeat(deep)}`)).toBeUndefined();
  expect(selectorProblem('selector', '('.repeat(deep))).toBeDefined();
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
