import { serviceSelectorInvalid } from '../../../lib/rules/services/service-selector-invalid';
import { testRule } from '../expectations';

testRule(serviceSelectorInvalid, [
  {
    name: 'a LabelSelector',
    input: `
      - Service shop/a: { selector: { matchLabels: { app: web } } }
      - Service shop/b: { selector: { matchExpressions: [{ key: app, operator: Exists }] } }
    `,
    expected: [
      `
      error NL262 service-selector-invalid
      on Service shop/a at spec.selector.matchLabels
      a Service has no matchLabels: its selector is the labels themselves
      help: write the labels directly under selector
      `,
      `
      error NL262 service-selector-invalid
      on Service shop/b at spec.selector.matchExpressions
      a Service has no matchExpressions: its selector is the labels themselves
      help: select by labels alone: a Service knows no expressions
      `,
    ],
  },
  {
    name: 'typographic quotes',
    input: `
      - Service shop/a: { selector: { app: “web” } }
      - Service shop/b: { selector: { ‘app’: web } }
      - Service shop/c: { selector: { app: «web } }
    `,
    expected: [
      `
      error NL262 service-selector-invalid
      on Service shop/a at spec.selector.app
      "“web”" is not a label value, so that no pod has it
      help: typographic quotes are a part of the text: use straight ones, or none
      `,
      `
      error NL262 service-selector-invalid
      on Service shop/b at spec.selector.‘app’
      "‘app’" is not a label key
      help: typographic quotes are a part of the text: use straight ones, or none
      `,
      `
      error NL262 service-selector-invalid
      on Service shop/c at spec.selector.app
      "«web" is not a label value, so that no pod has it
      help: typographic quotes are a part of the text: use straight ones, or none
      `,
    ],
  },
  {
    name: 'a list, a text, and labels that no pod can have',
    input: `
      - Service shop/a: { selector: [app] }
      - Service shop/b: { selector: app=web }
      - Service shop/c: { selector: { app: a b, 'my app': web } }
    `,
    expected: [
      `
      error NL262 service-selector-invalid
      on Service shop/a at spec.selector
      the selector is a list
      help: write labels, such as { app: web }
      `,
      `
      error NL262 service-selector-invalid
      on Service shop/b at spec.selector
      the selector is "app=web"
      help: write labels, such as { app: web }
      `,
      `
      error NL262 service-selector-invalid
      on Service shop/c at spec.selector.app
      "a b" is not a label value, so that no pod has it
      help: use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last
      `,
      `
      error NL262 service-selector-invalid
      on Service shop/c at spec.selector.my app
      "my app" is not a label key
      help: use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash
      `,
    ],
  },
  {
    name: 'silent: labels, none, and what is reported where the file is read',
    input: `
      - Service shop/a: { selector: { app.kubernetes.io/name: web, empty: '' } }
      - Service shop/b: { selector: null }
      - Service shop/c: { selector: { app: 1, matchLabels: x, nbsp: "x\\u00a0" } }
    `,
    expected: [],
  },
]);
