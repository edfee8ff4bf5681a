import { loadBalancerRequestRefused } from '../../../lib/rules/pools/load-balancer-request-refused';
import { testRule } from '../expectations';

testRule(loadBalancerRequestRefused, [
  {
    name: 'the field beside the annotation, two addresses of a family, and a family that the Service lacks',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.1 }
        annotations: { metallb.io/loadBalancerIPs: 192.0.2.1 }
      - Service shop/b: { type: LoadBalancer }
        annotations: { metallb.io/loadBalancerIPs: '192.0.2.1,192.0.2.2' }
      - Service shop/c: { type: LoadBalancer, ipFamilies: [IPv4] }
        annotations: { metallb.universe.tf/loadBalancerIPs: 'fd00::1' }
    `,
    expected: [
      `
      error NL635 load-balancer-request-refused
      on Service shop/a at metadata.annotations.metallb.io/loadBalancerIPs
      metallb.io/loadBalancerIPs is set together with spec.loadBalancerIP, and only one of them may be set
      help: remove spec.loadBalancerIP, which is deprecated
      `,
      `
      error NL635 load-balancer-request-refused
      on Service shop/b at metadata.annotations.metallb.io/loadBalancerIPs
      metallb.io/loadBalancerIPs asks for 192.0.2.1 and 192.0.2.2, and a Service has one IPv4 address
      help: leave one of them
      `,
      `
      error NL635 load-balancer-request-refused
      on Service shop/c at metadata.annotations.metallb.universe.tf/loadBalancerIPs
      metallb.universe.tf/loadBalancerIPs asks for fd00::1, and the Service has IPv4 only
      help: add IPv6 to spec.ipFamilies, or ask for an address of IPv4
      `,
    ],
  },
  {
    name: 'no address',
    input: `
      - Service shop/a: { type: LoadBalancer }
        annotations: { metallb.io/loadBalancerIPs: '192.0.2.1,web' }
    `,
    expected: [
      `
      error NL635 load-balancer-request-refused
      on Service shop/a at metadata.annotations.metallb.io/loadBalancerIPs
      metallb.io/loadBalancerIPs: web is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
    ],
  },
  {
    name: 'an address that the pool does not have',
    input: `
      - IPAddressPool metallb-system/public: { addresses: [192.0.2.0/28] }
      - Service shop/a: { type: LoadBalancer }
        annotations: { metallb.io/loadBalancerIPs: 192.0.2.77, metallb.io/address-pool: public }
    `,
    expected: [
      `
      error NL635 load-balancer-request-refused
      on Service shop/a at metadata.annotations.metallb.io/loadBalancerIPs
      192.0.2.77 is not an address of the pool public, which the Service asks for too
      help: choose an address of the pool (192.0.2.0/28), or leave one of the two out
      see IPAddressPool metallb-system/public at spec.addresses: the pool
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - IPAddressPool metallb-system/public: { addresses: [192.0.2.0/28] }
      - Service shop/a: { type: LoadBalancer, ipFamilies: [IPv4, IPv6] }
        annotations: { metallb.io/loadBalancerIPs: '192.0.2.7, fd00::7' }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.3 }
        annotations: { metallb.io/address-pool: public }
      - Service shop/c: { type: ClusterIP }
        annotations: { metallb.io/loadBalancerIPs: x }
    `,
    expected: [],
  },
]);
