import { ipPoolOutsideClusterCidr } from '../../../lib/rules/pools/ip-pool-outside-cluster-cidr';
import { testRule } from '../expectations';

const HELP = 'help: choose a part of the cluster CIDR, or enlarge the cluster CIDR everywhere it is configured';

testRule(ipPoolOutsideClusterCidr, [
  {
    name: 'beside, and larger than, the cluster CIDR',
    facts: { podCidrs: '10.244.0.0/16,fd00:244::/56' },
    input: `
      - IPPool a: { cidr: 10.245.0.0/18 }
      - IPPool b: { cidr: 10.244.0.0/15 }
      - IPPool c: { cidr: 'fd00:245::/64' }
    `,
    expected: [
      `
      error NL602 ip-pool-outside-cluster-cidr
      on IPPool a at spec.cidr
      10.245.0.0/18 is not inside the cluster CIDR 10.244.0.0/16, fd00:244::/56
      ${HELP}
      `,
      `
      error NL602 ip-pool-outside-cluster-cidr
      on IPPool b at spec.cidr
      10.244.0.0/15 is not inside the cluster CIDR 10.244.0.0/16, fd00:244::/56
      ${HELP}
      `,
      `
      error NL602 ip-pool-outside-cluster-cidr
      on IPPool c at spec.cidr
      fd00:245::/64 is not inside the cluster CIDR 10.244.0.0/16, fd00:244::/56
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: inside, all of it, and across two neighbouring ranges',
    facts: { podCidrs: '10.244.0.0/16,10.245.0.0/16' },
    input: `
      - IPPool a: { cidr: 10.244.64.0/18 }
      - IPPool b: { cidr: 10.245.0.0/16 }
      - IPPool c: { cidr: 10.244.0.0/15 }
    `,
    expected: [],
  },
  {
    name: 'silent: pools that are disabled or not for pods',
    facts: { podCidrs: '10.244.0.0/16' },
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, disabled: true }
      - IPPool b: { cidr: 192.0.2.0/26, allowedUses: [LoadBalancer] }
      - IPPool c: { cidr: 10.49.0.0/24, allowedUses: [Tunnel] }
    `,
    expected: [],
  },
]);
