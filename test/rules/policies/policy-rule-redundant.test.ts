import { policyRuleRedundant } from '../../../lib/rules/policies/policy-rule-redundant';
import { testRule } from '../expectations';

function toAllowNothing(direction: string): string {
  return `help: to allow nothing write ${direction}: [], or leave ${direction} out and name it in policyTypes; if everything is meant, say so in the name of the policy`;
}

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
    name: 'alone: an info for ingress, and a warning where the name says the opposite',
    input: `
      - NetworkPolicy shop/default-deny: { podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}] }
      - NetworkPolicy shop/web: { podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}] }
      - NetworkPolicy shop/allow-all: { podSelector: {}, ingress: [{}] }
    `,
    expected: [
      `
      warning NL540 policy-rule-redundant
      on NetworkPolicy shop/default-deny at spec.egress.0
      the only egress rule is empty and allows everything, and the policy is called default-deny
      ${toAllowNothing('egress')}
      `,
      `
      warning NL540 policy-rule-redundant
      on NetworkPolicy shop/default-deny at spec.ingress.0
      the only ingress rule is empty and allows everything, and the policy is called default-deny
      ${toAllowNothing('ingress')}
      `,
      `
      info NL540 policy-rule-redundant
      on NetworkPolicy shop/web at spec.ingress.0
      the only ingress rule is empty and allows everything
      ${toAllowNothing('ingress')}
      `,
    ],
  },
  {
    name: 'silent: in a direction without effect, and empty lists, which have a rule of their own',
    input: `
      - NetworkPolicy shop/b: { podSelector: {}, policyTypes: [Ingress], ingress: [], egress: [{}, {}] }
      - NetworkPolicy shop/c: { podSelector: {}, ingress: [{ from: [] }, { ports: [{ port: 80 }] }] }
    `,
    expected: [],
  },
]);
