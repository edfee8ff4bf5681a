import { clusterIpReserved } from '../../../lib/rules/services/cluster-ip-reserved';
import { testRule } from '../expectations';

const HELP = 'help: choose another address, or leave it out and let the cluster choose';

testRule(clusterIpReserved, [
  {
    name: 'network, kubernetes, DNS and broadcast',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/a: { clusterIP: 10.96.0.0 }
      - Service shop/b: { clusterIP: 10.96.0.1 }
      - Service shop/c: { clusterIP: 10.96.0.10 }
      - Service shop/d: { clusterIP: 10.96.255.255 }
    `,
    expected: [
      `
      error NL205 cluster-ip-reserved
      on Service shop/a at spec.clusterIP
      clusterIP 10.96.0.0 is the network address of the service CIDR 10.96.0.0/16
      ${HELP}
      `,
      `
      error NL205 cluster-ip-reserved
      on Service shop/b at spec.clusterIP
      clusterIP 10.96.0.1 is the address of the Service default/kubernetes, the first of the service CIDR 10.96.0.0/16
      ${HELP}
      `,
      `
      error NL205 cluster-ip-reserved
      on Service shop/c at spec.clusterIP
      clusterIP 10.96.0.10 is the address of the cluster DNS, the tenth of the service CIDR 10.96.0.0/16
      ${HELP}
      `,
      `
      error NL205 cluster-ip-reserved
      on Service shop/d at spec.clusterIP
      clusterIP 10.96.255.255 is the broadcast address of the service CIDR 10.96.0.0/16
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: the Services for which these addresses are, whatever the distribution calls its DNS',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service default/kubernetes: { clusterIP: 10.96.0.1, ports: [{ port: 443 }] }
      - Service kube-system/rke2-coredns: { clusterIP: 10.96.0.10, ports: [{ port: 53, protocol: UDP }] }
    `,
    expected: [],
  },
  {
    name: 'a Service called kubernetes in another namespace',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/kubernetes: { clusterIP: 10.96.0.1 }
    `,
    expected: [
      `
      error NL205 cluster-ip-reserved
      on Service shop/kubernetes at spec.clusterIP
      clusterIP 10.96.0.1 is the address of the Service default/kubernetes, the first of the service CIDR 10.96.0.0/16
      ${HELP}
      `,
    ],
  },
  {
    name: 'the second family has a DNS address, but no kubernetes Service and no broadcast address',
    facts: { serviceCidrs: '10.96.0.0/16,fd00:96::/112' },
    input: `
      - Service shop/a: { clusterIPs: ['fd00:96::1'] }
      - Service shop/b: { clusterIPs: ['fd00:96::a'] }
      - Service shop/c: { clusterIPs: ['fd00:96::ffff'] }
    `,
    expected: [
      `
      error NL205 cluster-ip-reserved
      on Service shop/b at spec.clusterIPs.0
      clusterIP fd00:96::a is the address of the cluster DNS, the tenth of the service CIDR fd00:96::/112
      ${HELP}
      `,
    ],
  },
  {
    name: 'an added ServiceCIDR takes the broadcast address of the smaller one into use',
    facts: { serviceCidrs: '10.96.0.0/28,10.96.0.0/24' },
    input: `
      - Service shop/a: { clusterIP: 10.96.0.15 }
      - Service shop/b: { clusterIP: 10.96.0.255 }
    `,
    expected: [
      `
      error NL205 cluster-ip-reserved
      on Service shop/b at spec.clusterIP
      clusterIP 10.96.0.255 is the broadcast address of the service CIDR 10.96.0.0/24
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: addresses outside every range, and ordinary ones',
    facts: { serviceCidrs: '10.96.0.0/16,10.98.0.0/16' },
    input: `
      - Service shop/a: { clusterIP: 10.97.0.1 }
      - Service shop/b: { clusterIP: 10.96.0.2 }
      - Service shop/c: { clusterIP: 10.96.1.0 }
      - Service shop/d: { clusterIP: 10.98.0.1 }
      - Service shop/e: { clusterIP: 10.98.0.10 }
    `,
    expected: [],
  },
]);
