import { policyRulesIgnored } from '../../../lib/rules/policies/policy-rules-ignored';
import { testRule } from '../expectations';

testRule(policyRulesIgnored, [
  {
    name: 'rules of a direction that is not named',
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, policyTypes: [Ingress], egress: [{}, {}] }
      - NetworkPolicy shop/b: { podSelector: {}, policyTypes: [Egress], ingress: [{}] }
    `,
    expected: [
      `
      error NL507 policy-rules-ignored
      on NetworkPolicy shop/a at spec.egress
      policyTypes does not name Egress, so that the egress rules have no effect: egress stays open
      help: add Egress to policyTypes, or leave the egress rules out
      `,
      `
      error NL507 policy-rules-ignored
      on NetworkPolicy shop/b at spec.ingress
      policyTypes does not name Ingress, so that the ingress rules have no effect: ingress stays open
      help: add Ingress to policyTypes, or leave the ingress rules out
      `,
    ],
  },
  {
    name: 'directions that are named, that follow from the rules, that have no rules, or whose type is misspelt',
    input: `
      - NetworkPolicy shop/a: { policyTypes: [Egress, Ingress], ingress: [{}], egress: [{}] }
      - NetworkPolicy shop/b: { ingress: [{}], egress: [{}] }
      - NetworkPolicy shop/c: { policyTypes: [Ingress], egress: [] }
      - NetworkPolicy shop/d: { policyTypes: [Egres], egress: [{}] }
    `,
    expected: [],
  },
]);
