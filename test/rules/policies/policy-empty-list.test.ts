import { policyEmptyList } from '../../../lib/rules/policies/policy-empty-list';
import { testRule } from '../expectations';

testRule(policyEmptyList, [
  {
    name: 'lists that were left empty',
    input: `
      - NetworkPolicy shop/a: { ingress: [{ from: [], ports: [{ port: 80 }] }] }
      - NetworkPolicy shop/b: { egress: [{ to: [{ podSelector: {} }], ports: null }] }
    `,
    expected: [
      `
      warning NL509 policy-empty-list
      on NetworkPolicy shop/a at spec.ingress.0.from
      from is empty, which allows everyone, inside and outside of the cluster
      help: name the peers; leave the rule out if nobody is meant; leave the field out if everyone is
      `,
      `
      warning NL509 policy-empty-list
      on NetworkPolicy shop/b at spec.egress.0.ports
      ports is empty, which allows all ports
      help: name the ports; leave the rule out if none is meant; leave the field out if all are
      `,
    ],
  },
  {
    name: 'fields left out, and no rules at all: both are said on purpose',
    input: `
      - NetworkPolicy shop/a: { ingress: [{}], egress: [] }
      - NetworkPolicy shop/b: { ingress: [{ from: [{ podSelector: {} }] }], egress: [{ ports: [{ port: 80 }] }] }
    `,
    expected: [],
  },
]);
