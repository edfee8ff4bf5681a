import { policyServiceAddress } from '../../../lib/rules/policies/policy-service-address';
import { testRule } from '../expectations';

const HELP = 'help: select the pods behind the Service with podSelector and namespaceSelector';

testRule(policyServiceAddress, [
  {
    name: 'blocks inside of the service CIDR',
    facts: { serviceCidrs: '10.96.0.0/12,fd00:96::/112' },
    input: `
      - NetworkPolicy shop/web:
          egress: [{ to: [{ ipBlock: { cidr: 10.96.0.10/32 } }, { ipBlock: { cidr: 'fd00:96::/112' } }] }]
    `,
    expected: [
      `
      warning NL514 policy-service-address
      on NetworkPolicy shop/web at spec.egress.0.to.0.ipBlock.cidr
      10.96.0.10/32 lies inside the service CIDR 10.96.0.0/12: no connection arrives with such an address
      ${HELP}
      `,
      `
      warning NL514 policy-service-address
      on NetworkPolicy shop/web at spec.egress.0.to.1.ipBlock.cidr
      fd00:96::/112 lies inside the service CIDR fd00:96::/112: no connection arrives with such an address
      ${HELP}
      `,
    ],
  },
  {
    name: 'the address of a Service, when no range is known',
    input: `
      - Service shop/db: { clusterIP: 10.96.7.7 }
      - NetworkPolicy shop/web: { egress: [{ to: [{ ipBlock: { cidr: 10.96.7.7/32 } }] }] }
    `,
    expected: [
      `
      warning NL514 policy-service-address
      on NetworkPolicy shop/web at spec.egress.0.to.0.ipBlock.cidr
      10.96.7.7/32 is the clusterIP of Service shop/db: no connection arrives with such an address
      ${HELP}
      `,
    ],
  },
  {
    name: 'blocks that hold other addresses too',
    facts: { serviceCidrs: '10.96.0.0/12' },
    input: `
      - Service shop/db: { clusterIP: 10.96.7.7 }
      - NetworkPolicy shop/web: { egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }, { ipBlock: { cidr: 192.0.2.1 } }, { ipBlock: {} }] }] }
    `,
    expected: [],
  },
]);
