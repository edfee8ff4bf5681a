import { policyPeerInvalid } from '../../../lib/rules/policies/policy-peer-invalid';
import { testRule } from '../expectations';

testRule(policyPeerInvalid, [
  {
    name: 'peers that say nothing',
    input: `
      - NetworkPolicy shop/web: { ingress: [{ from: [{ podSelector: {} }, {}] }], egress: [{ to: [null] }] }
    `,
    expected: [
      `
      error NL502 policy-peer-invalid
      on NetworkPolicy shop/web at spec.ingress.0.from.1
      the peer has none of podSelector, namespaceSelector and ipBlock, and the API server refuses it
      help: for all pods of the cluster write namespaceSelector: {}; for everyone leave from out
      `,
      `
      error NL502 policy-peer-invalid
      on NetworkPolicy shop/web at spec.egress.0.to.0
      the peer has none of podSelector, namespaceSelector and ipBlock, and the API server refuses it
      help: for all pods of the cluster write namespaceSelector: {}; for everyone leave to out
      `,
    ],
  },
  {
    name: 'addresses together with pods',
    input: `
      - NetworkPolicy shop/web: { ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {} }] }] }
      - NetworkPolicy shop/api: { egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 }, namespaceSelector: {} }] }] }
    `,
    expected: [
      `
      error NL502 policy-peer-invalid
      on NetworkPolicy shop/api at spec.egress.0.to.0.ipBlock
      the peer has an ipBlock together with a selector, and the API server refuses it
      help: make two items of the list of it: the addresses are allowed, and so are the pods
      `,
      `
      error NL502 policy-peer-invalid
      on NetworkPolicy shop/web at spec.ingress.0.from.0.ipBlock
      the peer has an ipBlock together with a selector, and the API server refuses it
      help: make two items of the list of it: the addresses are allowed, and so are the pods
      `,
    ],
  },
  {
    name: 'every valid peer',
    input: `
      - NetworkPolicy shop/web:
          ingress:
            - from: [{ podSelector: {} }, { namespaceSelector: {} }, { podSelector: {}, namespaceSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8 } }]
            - {}
            - { from: null }
    `,
    expected: [],
  },
]);
