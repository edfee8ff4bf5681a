import { staleFiles } from '../../tools/generated-files';
import { ruleListModule, withRuleTable } from '../../tools/rule-lists';

test('generated files are what their sources say: `npm run generate` writes them', async () => {
  expect(await staleFiles()).toEqual([]);
});

const RULES = [
  {
    path: 'b/some-rule',
    exportName: 'someRule',
    rule: { code: 'NL201', slug: 'some-rule', severity: 'error', title: 'Something' },
  },
  {
    path: 'a/other-rule',
    exportName: 'otherRule',
    rule: { code: 'NL202', slug: 'other-rule', severity: 'warning', title: 'Some other thing' },
  },
] as const;

test('a list of rules: imports by file, rules by code', () => {
  const text = ruleListModule(RULES, { name: 'RULES', type: 'TheRule', typeModule: './the-rule', folder: '.' });
  expect(text).toBe(`// Written by \`npm run generate\`.
import { otherRule } from './a/other-rule';
import { someRule } from './b/some-rule';
import type { TheRule } from './the-rule';

/** Every rule, in the order of the codes. */
export const RULES: readonly TheRule[] = [
  someRule,
  otherRule,
];
`);
});

test('the table of rules takes the place of the old one, and nothing else changes', () => {
  const page = 'Before.\n\n| Old | table |\n| --- | --- |\n\nAfter.\n';
  expect(
    withRuleTable(
      page,
      RULES.map(({ rule }) => rule),
    ),
  ).toBe(`Before.

| Code              | Name       | Severity | What it finds    |
| ----------------- | ---------- | -------- | ---------------- |
| [NL201](NL201.md) | some-rule  | error    | Something        |
| [NL202](NL202.md) | other-rule | warning  | Some other thing |

After.
`);
});
