import { policyRuleRedundant } from '../../../lib/rules/policies/policy-rule-redundant';
import { testRule } from '../expectations';

testRule(policyRuleRedundant, [
  {
    name: 'an empty rule beside others, in each direction',
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: {} }] }, {}], egress: [{}, { ports: [{ port: 53 }] }] }
    `,
    expected: [
      `
      warning NL540 policy-rule-redundant
      on NetworkPolicy shop/a at spec.egress.0
      this egress rule is empty and allows everything, so that the other rules of egress restrict nothing
      help: remove it, or name its peers or ports; if everything is meant, remove the others
      `,
      `
      warning NL540 policy-rule-redundant
      on NetworkPolicy shop/a at spec.ingress.1
      this ingress rule is empty and allows everything, so that the other rules of ingress restrict nothing
      help: remove it, or name its peers or ports; if everything is meant, remove the others
      `,
    ],
  },
  {
    name: 'silent: alone, in a direction without effect, and empty lists, which have a rule of their own',
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, ingress: [{}] }
      - NetworkPolicy shop/b: { podSelector: {}, policyTypes: [Ingress], ingress: [{}], egress: [{}, {}] }
      - NetworkPolicy shop/c: { podSelector: {}, ingress: [{ from: [] }, { ports: [{ port: 80 }] }] }
    `,
    expected: [],
  },
]);
