import { severalLoadBalancers } from '../../../lib/rules/pools/several-load-balancers';
import { testRule } from '../expectations';

testRule(severalLoadBalancers, [
  {
    name: 'MetalLB, Cilium and Calico',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
      - CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 192.0.2.16/28 }] }
      - IPPool lb: { cidr: 192.0.2.32/28, allowedUses: [LoadBalancer] }
    `,
    expected: [
      `
      warning NL639 several-load-balancers
      on IPAddressPool metallb-system/a at the object
      MetalLB and Cilium (CiliumLoadBalancerIPPool a) both have pools for every Service of type LoadBalancer
      help: set spec.loadBalancerClass on the Services, or give the pools of one of the two a selector
      see CiliumLoadBalancerIPPool a at the object: a pool of Cilium
      `,
      `
      warning NL639 several-load-balancers
      on IPPool lb at the object
      Calico and Cilium (CiliumLoadBalancerIPPool a) both have pools for every Service of type LoadBalancer
      help: set spec.loadBalancerClass on the Services, or give the pools of one of the two a selector
      see CiliumLoadBalancerIPPool a at the object: a pool of Cilium
      `,
    ],
  },
  {
    name: 'silent: one, and others that are disabled or take part for some Services only',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
      - IPAddressPool metallb-system/b: { addresses: [192.0.2.64/28] }
      - CiliumLoadBalancerIPPool a: { disabled: true, blocks: [{ cidr: 192.0.2.16/28 }] }
      - CiliumLoadBalancerIPPool b: { serviceSelector: { matchLabels: { a: b } }, blocks: [{ cidr: 192.0.2.48/28 }] }
    `,
    expected: [],
  },
]);
