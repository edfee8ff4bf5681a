import { policyPortUndeclared } from '../../../lib/rules/policies/policy-port-undeclared';
import { testRule } from '../expectations';

testRule(policyPortUndeclared, [
  {
    name: 'TODO: what is wrong',
    input: `
      - manifest: { apiVersion: example.com/v1, kind: Example, metadata: { name: web, namespace: shop }, spec: {} }
    `,
    expected: [
      `
      error NL542 policy-port-undeclared
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
