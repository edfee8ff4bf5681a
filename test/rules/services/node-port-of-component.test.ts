import { nodePortOfComponent } from '../../../lib/rules/services/node-port-of-component';
import { testRule } from '../expectations';

testRule(nodePortOfComponent, [
  {
    name: 'TODO: what is wrong',
    input: `
      - manifest: { apiVersion: example.com/v1, kind: Example, metadata: { name: web, namespace: shop }, spec: {} }
    `,
    expected: [
      `
      error NL269 node-port-of-component
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
