import { loadBalancerPoolOverlap } from '../../../lib/rules/pools/load-balancer-pool-overlap';
import { testRule } from '../expectations';

testRule(loadBalancerPoolOverlap, [
  {
    name: 'within MetalLB, between pools and in one',
    input: `
      - IPAddressPool metallb-system/b: { addresses: [192.0.2.100-192.0.2.140] }
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/25, 192.0.2.8/29] }
    `,
    expected: [
      `
      error NL631 load-balancer-pool-overlap
      on IPAddressPool metallb-system/a at spec.addresses.1
      192.0.2.8/29 overlaps 192.0.2.0/25 of the same pool
      help: an address belongs to one pool: shrink or remove one of the two ranges
      see IPAddressPool metallb-system/a at spec.addresses.0: the other range
      `,
      `
      error NL631 load-balancer-pool-overlap
      on IPAddressPool metallb-system/b at spec.addresses.0
      192.0.2.100-192.0.2.140 overlaps 192.0.2.0/25 of IPAddressPool metallb-system/a
      help: an address belongs to one pool: shrink or remove one of the two ranges
      see IPAddressPool metallb-system/a at spec.addresses.0: the other range
      `,
    ],
  },
  {
    name: 'within Cilium, in the old and the new form',
    input: `
      - CiliumLoadBalancerIPPool a: { blocks: [{ start: 192.0.2.10, stop: 192.0.2.20 }] }
      - CiliumLoadBalancerIPPool b: { cidrs: [{ cidr: 192.0.2.16/28 }] }
      - CiliumLoadBalancerIPPool c: { blocks: [{ start: 192.0.2.10 }] }
    `,
    expected: [
      `
      error NL631 load-balancer-pool-overlap
      on CiliumLoadBalancerIPPool b at spec.cidrs.0
      192.0.2.16/28 overlaps 192.0.2.10-192.0.2.20 of CiliumLoadBalancerIPPool a
      help: an address belongs to one pool: shrink or remove one of the two ranges
      see CiliumLoadBalancerIPPool a at spec.blocks.0: the other range
      `,
      `
      error NL631 load-balancer-pool-overlap
      on CiliumLoadBalancerIPPool c at spec.blocks.0
      192.0.2.10 overlaps 192.0.2.10-192.0.2.20 of CiliumLoadBalancerIPPool a
      help: an address belongs to one pool: shrink or remove one of the two ranges
      see CiliumLoadBalancerIPPool a at spec.blocks.0: the other range
      `,
    ],
  },
  {
    name: 'two implementations',
    input: `
      - CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 192.0.2.0/28 }] }
      - IPPool lb: { cidr: 192.0.2.0/24, blockSize: 28, allowedUses: [LoadBalancer] }
    `,
    expected: [
      `
      warning NL631 load-balancer-pool-overlap
      on IPPool lb at spec.cidr
      192.0.2.0/24 overlaps 192.0.2.0/28 of CiliumLoadBalancerIPPool a
      help: Cilium and Calico would both give out these addresses: leave them to one of the two
      see CiliumLoadBalancerIPPool a at spec.blocks.0: the other range
      `,
    ],
  },
  {
    name: 'silent: neighbours, families, disabled pools and pools of Calico',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/25, 'fd00::/120'] }
      - IPAddressPool metallb-system/b: { addresses: [192.0.2.128/25] }
      - CiliumLoadBalancerIPPool off: { disabled: true, blocks: [{ cidr: 192.0.2.0/24 }] }
      - IPPool x: { cidr: 10.48.0.0/16, allowedUses: [LoadBalancer] }
      - IPPool y: { cidr: 10.48.0.0/16, allowedUses: [LoadBalancer] }
    `,
    expected: [],
  },
]);
