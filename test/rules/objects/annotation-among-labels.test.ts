import { annotationAmongLabels } from '../../../lib/rules/objects/annotation-among-labels';
import { testRule } from '../expectations';

testRule(annotationAmongLabels, [
  {
    name: 'TODO: what is wrong',
    input: `
      - manifest: { apiVersion: example.com/v1, kind: Example, metadata: { name: web, namespace: shop }, spec: {} }
    `,
    expected: [
      `
      error NL946 annotation-among-labels
      on Example shop/web at spec
      TODO: what is wrong, with the value
      help: TODO: what to do
      `,
    ],
  },
  {
    name: 'silent: TODO: what is right',
    input: `
      - Namespace shop: {}
    `,
    expected: [],
  },
]);
