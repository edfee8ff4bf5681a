import { policySelectorMissing } from '../../../lib/rules/policies/policy-selector-missing';
import { testRule } from '../expectations';

testRule(policySelectorMissing, [
  {
    name: 'no podSelector, or null',
    input: `
      - NetworkPolicy shop/a: { ingress: [] }
      - NetworkPolicy shop/b: { podSelector: null }
    `,
    expected: ['a', 'b'].map(
      (name) => `
      warning NL508 policy-selector-missing
      on NetworkPolicy shop/${name} at spec.podSelector
      podSelector is missing, which means every pod of namespace shop
      help: write podSelector: {} if every pod is meant, else select the pods
      `,
    ),
  },
  {
    name: 'a podSelector, even an empty one',
    input: `
      - NetworkPolicy shop/a: { podSelector: {} }
      - NetworkPolicy shop/b: { podSelector: { matchLabels: { app: web } } }
    `,
    expected: [],
  },
]);
