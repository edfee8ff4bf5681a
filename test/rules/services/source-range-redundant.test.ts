import { sourceRangeRedundant } from '../../../lib/rules/services/source-range-redundant';
import { testRule } from '../expectations';

testRule(sourceRangeRedundant, [
  {
    name: 'TODO: what is wrong',
    input: `
      - manifest: { apiVersion: example.com/v1, kind: Example, metadata: { name: web, namespace: shop }, spec: {} }
    `,
    expected: [
      `
      error NL268 source-range-redundant
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
