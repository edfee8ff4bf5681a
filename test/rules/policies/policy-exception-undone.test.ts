import { policyExceptionUndone } from '../../../lib/rules/policies/policy-exception-undone';
import { testRule } from '../expectations';

testRule(policyExceptionUndone, [
  {
    name: 'a block beside it, and one in a rule for every port or for the same ports',
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [192.168.0.0/16, 10.1.0.0/16] } }, { ipBlock: { cidr: 10.0.0.0/8 } }] }] }
      - NetworkPolicy shop/b: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }], ports: [{ port: 80 }] }, { from: [{ ipBlock: { cidr: 10.1.0.0/16 } }] }] }
      - NetworkPolicy shop/c: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }], ports: [{ port: 80 }, { port: 81 }] }, { from: [{ ipBlock: { cidr: 10.1.0.0/16 } }], ports: [{ port: 81, protocol: TCP }, { port: 80 }] }] }
    `,
    expected: [
      `
      warning NL519 policy-exception-undone
      on NetworkPolicy shop/a at spec.ingress.0.from.0.ipBlock.except.1
      the exception 10.1.0.0/16 is allowed by the block 10.0.0.0/8 of this policy: an exception denies nothing
      help: leave the other block out if the exception is meant, or the exception if it is not
      `,

      `
      warning NL519 policy-exception-undone
      on NetworkPolicy shop/b at spec.ingress.0.from.0.ipBlock.except.0
      the exception 10.1.0.0/16 is allowed by the block 10.1.0.0/16 of this policy: an exception denies nothing
      help: leave the other block out if the exception is meant, or the exception if it is not
      `,

      `
      warning NL519 policy-exception-undone
      on NetworkPolicy shop/c at spec.ingress.0.from.0.ipBlock.except.0
      the exception 10.1.0.0/16 is allowed by the block 10.1.0.0/16 of this policy: an exception denies nothing
      help: leave the other block out if the exception is meant, or the exception if it is not
      `,
    ],
  },
  {
    name: 'silent: a part of it, other ports, another direction, and a block with an exception of its own',
    input: `
      - NetworkPolicy shop/a: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }, { ipBlock: { cidr: 10.1.0.0/16 } }] }] }
      - NetworkPolicy shop/b: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }, { from: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 80 }] }] }
      - NetworkPolicy shop/c: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }
      - NetworkPolicy shop/d: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, nonsense, 5] } }, { ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }, { podSelector: {} }] }] }
    `,
    expected: [],
  },
]);
