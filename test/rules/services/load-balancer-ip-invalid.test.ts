import { loadBalancerIpInvalid } from '../../../lib/rules/services/load-balancer-ip-invalid';
import { testRule } from '../expectations';

testRule(loadBalancerIpInvalid, [
  {
    name: 'an address of a family that the Service does not have',
    input: `
      - Service shop/a: { type: LoadBalancer, ipFamilies: [IPv4], loadBalancerIP: '2001:db8::5' }
      - Service shop/b: { type: LoadBalancer, ipFamilies: [IPv4, IPv6], loadBalancerIP: '2001:db8::5' }
      - Service shop/c: { type: LoadBalancer, loadBalancerIP: '2001:db8::5' }
    `,
    expected: [
      `
      error NL261 load-balancer-ip-invalid
      on Service shop/a at spec.loadBalancerIP
      loadBalancerIP is 2001:db8::5, and the Service has IPv4 only
      help: ask for an address of IPv4, or add IPv6 to ipFamilies
      `,
    ],
  },
  {
    name: 'no address',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.300 }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.0/24 }
    `,
    expected: [
      `
      error NL261 load-balancer-ip-invalid
      on Service shop/a at spec.loadBalancerIP
      loadBalancerIP: 192.0.2.300 has the octet 300, above 255
      help: write four decimal octets from 0 to 255
      `,
      `
      error NL261 load-balancer-ip-invalid
      on Service shop/b at spec.loadBalancerIP
      loadBalancerIP: 192.0.2.0/24 has a prefix length, one address has none
      help: did you mean 192.0.2.0?
      `,
    ],
  },
  {
    name: 'a name may be one of a reserved address',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: my-address }
    `,
    expected: [
      `
      warning NL261 load-balancer-ip-invalid
      on Service shop/a at spec.loadBalancerIP
      loadBalancerIP: my-address is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
    ],
  },
  {
    name: 'silent: addresses, and other types',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 'fd00::1' }
      - Service shop/b: { loadBalancerIP: x.y }
    `,
    expected: [],
  },
]);
