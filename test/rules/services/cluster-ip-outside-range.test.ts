import { clusterIpOutsideRange } from '../../../lib/rules/services/cluster-ip-outside-range';
import { testRule } from '../expectations';

const HELP = 'help: choose an address inside, or leave it out and let the cluster choose';

testRule(clusterIpOutsideRange, [
  {
    name: 'an address of another network',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/web: { clusterIP: 172.18.1.4 }
    `,
    expected: [
      `
      error NL204 cluster-ip-outside-range
      on Service shop/web at spec.clusterIP
      clusterIP 172.18.1.4 is outside the service CIDRs of the cluster: 10.96.0.0/16
      ${HELP}
      `,
    ],
  },
  {
    name: 'one address past the end, and one before the start',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/a: { clusterIP: 10.95.255.255 }
      - Service shop/b: { clusterIP: 10.97.0.0 }
      - Service shop/c: { clusterIP: 10.96.0.0 }
      - Service shop/d: { clusterIP: 10.96.255.255 }
    `,
    expected: [
      `
      error NL204 cluster-ip-outside-range
      on Service shop/a at spec.clusterIP
      clusterIP 10.95.255.255 is outside the service CIDRs of the cluster: 10.96.0.0/16
      ${HELP}
      `,
      `
      error NL204 cluster-ip-outside-range
      on Service shop/b at spec.clusterIP
      clusterIP 10.97.0.0 is outside the service CIDRs of the cluster: 10.96.0.0/16
      ${HELP}
      `,
    ],
  },
  {
    name: 'an IPv6 address in a cluster with IPv4 services only',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/web: { clusterIP: 10.96.0.20, clusterIPs: [10.96.0.20, 'fd00::20'] }
    `,
    expected: [
      `
      error NL204 cluster-ip-outside-range
      on Service shop/web at spec.clusterIPs.1
      clusterIP fd00::20 is outside the service CIDRs of the cluster: 10.96.0.0/16
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: each family in its own range',
    facts: { serviceCidrs: '10.96.0.0/16,fd00:96::/112' },
    input: `
      - Service shop/web: { clusterIPs: [10.96.0.20, 'fd00:96:0:0::20'] }
    `,
    expected: [],
  },
  {
    name: 'silent: headless',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/web: { clusterIP: None }
    `,
    expected: [],
  },
]);
