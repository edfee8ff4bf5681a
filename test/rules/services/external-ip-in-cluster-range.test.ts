import { externalIpInClusterRange } from '../../../lib/rules/services/external-ip-in-cluster-range';
import { testRule } from '../expectations';

const HELP = 'help: an external IP must be an address that somebody else routes to the nodes';

testRule(externalIpInClusterRange, [
  {
    name: 'in the pod CIDR and in the service CIDR',
    facts: { podCidrs: '10.244.0.0/16,fd00:244::/56', serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/web: { externalIPs: [10.244.3.4, 203.0.113.5, 10.96.0.9, 'fd00:244::9'] }
    `,
    expected: [
      `
      error NL209 external-ip-in-cluster-range
      on Service shop/web at spec.externalIPs.0
      external IP 10.244.3.4 lies inside the pod CIDR 10.244.0.0/16
      ${HELP}
      `,
      `
      error NL209 external-ip-in-cluster-range
      on Service shop/web at spec.externalIPs.2
      external IP 10.96.0.9 lies inside the service CIDR 10.96.0.0/16
      ${HELP}
      `,
      `
      error NL209 external-ip-in-cluster-range
      on Service shop/web at spec.externalIPs.3
      external IP fd00:244::9 lies inside the pod CIDR fd00:244::/56
      ${HELP}
      `,
    ],
  },
  {
    name: 'one of the two facts is enough',
    facts: { podCidrs: '10.244.0.0/16' },
    input: `
      - Service shop/web: { externalIPs: [10.244.3.4, 10.244.3.4] }
    `,
    expected: [
      `
      error NL209 external-ip-in-cluster-range
      on Service shop/web at spec.externalIPs.0
      external IP 10.244.3.4 lies inside the pod CIDR 10.244.0.0/16
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: the address of a node is a usual external IP',
    facts: { podCidrs: '10.244.0.0/16', nodeCidrs: '192.168.10.0/24' },
    input: `
      - Service shop/web: { externalIPs: [192.168.10.7] }
    `,
    expected: [],
  },
]);
