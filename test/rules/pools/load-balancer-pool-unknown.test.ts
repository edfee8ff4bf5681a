import { loadBalancerPoolUnknown } from '../../../lib/rules/pools/load-balancer-pool-unknown';
import { testRule } from '../expectations';

testRule(loadBalancerPoolUnknown, [
  {
    name: 'a Service and an advertisement',
    input: `
      - IPAddressPool metallb-system/public: { addresses: [192.0.2.0/28] }
      - Service shop/web: { type: LoadBalancer }
        annotations: { metallb.io/address-pool: pubic }
      - L2Advertisement metallb-system/l2: { ipAddressPools: [public, internal] }
    `,
    expected: [
      `
      warning NL634 load-balancer-pool-unknown
      on L2Advertisement metallb-system/l2 at spec.ipAddressPools.1
      the pool "internal" is not among the pools of MetalLB here
      help: there are public
      `,
      `
      warning NL634 load-balancer-pool-unknown
      on Service shop/web at metadata.annotations.metallb.io/address-pool
      the pool "pubic" is not among the pools of MetalLB here
      help: did you mean public?
      `,
    ],
  },
  {
    name: 'silent: known ones, and no pools in the input',
    input: `
      - IPAddressPool metallb-system/public: { addresses: [192.0.2.0/28] }
      - Service shop/web: { type: LoadBalancer }
        annotations: { metallb.universe.tf/address-pool: public }
      - L2Advertisement metallb-system/l2: { ipAddressPools: [public] }
    `,
    expected: [],
  },
  {
    name: 'silent: the input has no pools',
    input: `
      - Service shop/web: { type: LoadBalancer }
        annotations: { metallb.io/address-pool: public }
    `,
    expected: [],
  },
]);
