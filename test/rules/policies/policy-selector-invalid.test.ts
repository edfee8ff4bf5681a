import { policySelectorInvalid } from '../../../lib/rules/policies/policy-selector-invalid';
import { testRule } from '../expectations';

function found(field: string, message: string, help: string): string {
  return [
    'error NL506 policy-selector-invalid',
    `on NetworkPolicy shop/web at ${field}`,
    message,
    `help: ${help}`,
  ].join('\n');
}

const SYNTAX = 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last';
const KEY_SYNTAX = `${SYNTAX}, after an optional DNS name and a slash`;
const EXPRESSION = 'spec.podSelector.matchExpressions.0';

testRule(policySelectorInvalid, [
  {
    name: 'labels that are no map',
    input: `
      - NetworkPolicy shop/web: { podSelector: { matchLabels: [app, web] }, ingress: [{ from: [{ podSelector: { matchLabels: null } }] }] }
    `,
    expected: [
      found(
        'spec.podSelector.matchLabels',
        'matchLabels is a list, and must be a map of labels',
        'write matchLabels: { KEY: VALUE }',
      ),
    ],
  },
  ...(
    [
      [
        '{ key: app, operator: Equals, values: [web] }',
        found(
          `${EXPRESSION}.operator`,
          'the operator "Equals" is not one of In, NotIn, Exists, DoesNotExist',
          'write In',
        ),
      ],
      [
        '{ key: app, operator: exists }',
        found(
          `${EXPRESSION}.operator`,
          'the operator "exists" is not one of In, NotIn, Exists, DoesNotExist',
          'write Exists',
        ),
      ],
      [
        '{ key: app, operator: Gt, values: ["1"] }',
        found(
          `${EXPRESSION}.operator`,
          'the operator "Gt" is not one of In, NotIn, Exists, DoesNotExist',
          'write one of them',
        ),
      ],
      [
        '{ key: app }',
        found(
          `${EXPRESSION}.operator`,
          'the expression has no operator',
          'write one of In, NotIn, Exists, DoesNotExist',
        ),
      ],
      [
        '{ key: app, operator: Exists, values: [web] }',
        found(
          `${EXPRESSION}.values`,
          'the operator Exists has values, and looks at the key alone',
          'leave the values out, or use In',
        ),
      ],
      [
        '{ key: app, operator: NotIn }',
        found(
          `${EXPRESSION}.values`,
          'the operator NotIn has no values',
          'give at least one value, or use DoesNotExist, which looks at the key alone',
        ),
      ],
      [
        '{ key: -app, operator: In, values: ["a b"] }',
        found(`${EXPRESSION}.key`, '"-app" is not a label key', KEY_SYNTAX),
        found(`${EXPRESSION}.values.0`, '"a b" for -app is not a label value', SYNTAX),
      ],
      ['{ key: app, operator: In, values: [web, ""] }'],
      ['{ key: example.com/app, operator: DoesNotExist, values: [] }'],
    ] as const
  ).map(([expression, ...expected]) => ({
    name: expression,
    input: `[{ NetworkPolicy shop/web: { podSelector: { matchExpressions: [${expression}] } } }]`,
    expected,
  })),
  {
    name: 'labels of every selector',
    input: `
      - NetworkPolicy shop/web:
          podSelector: { matchLabels: { version: v 1, read-elsewhere: 1 } }
          ingress: [{ from: [{ podSelector: { matchLabels: { a/b/c: x } } }] }]
          egress: [{ to: [{ namespaceSelector: { matchLabels: { team: null }, matchExpressions: [{ key: enabled, operator: In, values: [true] }] } }] }]
    `,
    expected: [
      found('spec.ingress.0.from.0.podSelector.matchLabels.a/b/c', '"a/b/c" is not a label key', KEY_SYNTAX),
      found('spec.podSelector.matchLabels.version', '"v 1" for version is not a label value', SYNTAX),
      found(
        'spec.egress.0.to.0.namespaceSelector.matchExpressions.0.values.0',
        'true for enabled is not a label value',
        'put it in quotes: "true"',
      ),
    ],
  },
]);
