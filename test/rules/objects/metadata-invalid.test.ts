import { metadataInvalid } from '../../../lib/rules/objects/metadata-invalid';
import { testRule } from '../expectations';

function found(field: string, message: string, help: string): string {
  return ['error NL921 metadata-invalid', `on Deployment shop/web at ${field}`, message, `help: ${help}`].join('\n');
}

const VALUE =
  'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last; other texts can be annotations';
const KEY =
  'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash, such as example.com/name';

testRule(metadataInvalid, [
  {
    name: 'keys',
    input: `
      - Deployment shop/web: {}
        labels: { -bad-: x, a/b/c: y }
        annotations: { a b: z }
    `,
    expected: [
      found('metadata.labels.-bad-', '"-bad-" is not a key of a label', KEY),
      found('metadata.annotations.a b', '"a b" is not a key of an annotation', KEY),
      found('metadata.labels.a/b/c', '"a/b/c" is not a key of a label', KEY),
    ],
  },
  {
    name: 'values',
    input: `
      - Deployment shop/web: { labels: { app: a b } }
        labels: { tier: front- }
    `,
    expected: [
      found('spec.template.metadata.labels.app', 'label app is "a b", which is not a label value', VALUE),
      found('metadata.labels.tier', 'label tier is "front-", which is not a label value', VALUE),
    ],
  },
  {
    name: 'what the API server takes, and what whoever reads the file reports',
    input: `
      - Deployment shop/web: { labels: { app.kubernetes.io/name: web, empty: '' } }
        labels: { tier: null, version: 1, A_b.c-1: v1.2_3-x }
        annotations: { Example.COM/Name: 'any text: {}', empty: null }
      - ConfigMap shop/none: {}
        labels: null
        annotations: text
    `,
    expected: [],
  },
]);
