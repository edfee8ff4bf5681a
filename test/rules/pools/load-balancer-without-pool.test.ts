import { loadBalancerWithoutPool } from '../../../lib/rules/pools/load-balancer-without-pool';
import { testRule } from '../expectations';

testRule(loadBalancerWithoutPool, [
  {
    name: 'a family that no pool has',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/24] }
      - Service shop/six: { type: LoadBalancer, ipFamilies: [IPv6], ports: [{ port: 80 }] }
      - Service shop/both: { type: LoadBalancer, ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }] }
      - Service shop/prefers: { type: LoadBalancer, ipFamilyPolicy: PreferDualStack, ports: [{ port: 80 }] }
      - Service shop/four: { type: LoadBalancer, ipFamilies: [IPv4], ports: [{ port: 80 }] }
      - Service shop/any: { type: LoadBalancer, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL645 load-balancer-without-pool
      on Service shop/both at spec.ipFamilyPolicy
      the Service must have an IPv6 address, and there is none in the pool a
      help: add IPv6 addresses to the pool, or ask for what it has with ipFamilies and ipFamilyPolicy
      see IPAddressPool metallb-system/a at the object: a pool that serves it
      `,
      `
      warning NL645 load-balancer-without-pool
      on Service shop/six at spec.ipFamilies
      the Service must have an IPv6 address, and there is none in the pool a
      help: add IPv6 addresses to the pool, or ask for what it has with ipFamilies and ipFamilyPolicy
      see IPAddressPool metallb-system/a at the object: a pool that serves it
      `,
    ],
  },
  {
    name: 'MetalLB takes both addresses from one pool, Cilium does not',
    input: `
      - IPAddressPool metallb-system/four: { addresses: [192.0.2.0/24] }
      - IPAddressPool metallb-system/six: { addresses: ['fd00::/120'] }
      - CiliumLoadBalancerIPPool four: { blocks: [{ cidr: 198.51.100.0/24 }] }
      - CiliumLoadBalancerIPPool six: { blocks: [{ cidr: 'fd01::/120' }] }
      - Service shop/metallb: { type: LoadBalancer, ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }] }
        annotations: { metallb.io/allow-shared-ip: a }
      - Service shop/cilium: { type: LoadBalancer, loadBalancerClass: io.cilium/bgp-control-plane, ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL645 load-balancer-without-pool
      on Service shop/metallb at spec.ipFamilyPolicy
      the Service must have addresses of both families, and none of the pools four, six has both: MetalLB takes them from one pool
      help: put the addresses of both families into one pool
      see IPAddressPool metallb-system/four at the object: a pool that serves it
      `,
    ],
  },
  {
    name: 'a pool that is named and has no address of the family, or serves others',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/24] }
      - IPAddressPool metallb-system/b: { addresses: [198.51.100.0/24], serviceAllocation: { namespaces: [api] } }
      - Service shop/six: { type: LoadBalancer, ipFamilies: [IPv6], ports: [{ port: 80 }] }
        annotations: { metallb.io/address-pool: a }
      - Service shop/other: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { metallb.universe.tf/address-pool: b }
      - Service api/fine: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { metallb.io/address-pool: b }
      - Service shop/unknown: { type: LoadBalancer, ipFamilies: [IPv6], ports: [{ port: 80 }] }
        annotations: { metallb.io/address-pool: c }
    `,
    expected: [
      `
      error NL645 load-balancer-without-pool
      on Service shop/other at metadata.annotations.metallb.universe.tf/address-pool
      the pool that the Service names does not serve it: serviceAllocation selects other namespaces or Services
      help: name a pool that serves it, or add its namespace or its labels to serviceAllocation of this one
      `,
      `
      error NL645 load-balancer-without-pool
      on Service shop/six at metadata.annotations.metallb.io/address-pool
      the Service must have an IPv6 address, and there is none in the pool a
      help: add IPv6 addresses to the pool, or ask for what it has with ipFamilies and ipFamilyPolicy
      see IPAddressPool metallb-system/a at the object: a pool that serves it
      `,
    ],
  },
  {
    name: 'pools that serve nobody who does not name them, and pools that serve others',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/24], autoAssign: false }
      - Service shop/web: { type: LoadBalancer, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL645 load-balancer-without-pool
      on Service shop/web at spec.type
      none of the pools of MetalLB here (a) gives addresses to this Service
      help: name a pool that has autoAssign: false in the annotation metallb.io/address-pool (a): it serves nobody else
      `,
    ],
  },
  {
    name: 'a selector of Cilium, and namespaces whose labels are not known',
    input: `
      - CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 192.0.2.0/24 }], serviceSelector: { matchLabels: { pool: a } } }
      - Service shop/web: { type: LoadBalancer, ports: [{ port: 80 }] }
      - Service shop/fine: { type: LoadBalancer, ports: [{ port: 80 }] }
        labels: { pool: a }
    `,
    expected: [
      `
      warning NL645 load-balancer-without-pool
      on Service shop/web at spec.type
      none of the pools of Cilium here (a) gives addresses to this Service
      help: give the Service the labels that one of the pools selects, or add a pool that serves it
      `,
    ],
  },
  {
    name: 'a namespace that may have the label',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/24], serviceAllocation: { namespaceSelectors: [{ matchLabels: { team: web } }] } }
      - Namespace api: {}
      - Service shop/web: { type: LoadBalancer, ports: [{ port: 80 }] }
      - Service api/web: { type: LoadBalancer, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL645 load-balancer-without-pool
      on Service api/web at spec.type
      none of the pools of MetalLB here (a) gives addresses to this Service
      help: give the Service the labels that one of the pools selects, or add a pool that serves it
      `,
    ],
  },
  {
    name: 'the family of the cluster',
    facts: { serviceCidrs: '10.96.0.0/12' },
    input: `
      - IPAddressPool metallb-system/six: { addresses: ['fd00::/120'] }
      - Service shop/web: { type: LoadBalancer, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL645 load-balancer-without-pool
      on Service shop/web at spec.ipFamilies
      the Service must have an IPv4 address, and there is none in the pool six
      help: add IPv4 addresses to the pool, or ask for what it has with ipFamilies and ipFamilyPolicy
      see IPAddressPool metallb-system/six at the object: a pool that serves it
      `,
    ],
  },
  {
    name: 'an address of a pool that selects others',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/24], serviceAllocation: { namespaces: [bank] } }
      - CiliumLoadBalancerIPPool b: { blocks: [{ cidr: 198.51.100.0/24 }], serviceSelector: { matchLabels: { color: red } } }
      - Service shop/a: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { metallb.io/loadBalancerIPs: 192.0.2.3 }
      - Service bank/a: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { metallb.io/loadBalancerIPs: 192.0.2.4 }
      - Service shop/b: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { lbipam.cilium.io/ips: 198.51.100.3 }
    `,
    expected: [
      `
      error NL645 load-balancer-without-pool
      on Service shop/a at metadata.annotations.metallb.io/loadBalancerIPs
      the pool of the address does not serve it: serviceAllocation selects other namespaces or Services
      help: ask for an address of a pool that serves it, or add its namespace or its labels to serviceAllocation of this one
      `,
      `
      error NL645 load-balancer-without-pool
      on Service shop/b at metadata.annotations.lbipam.cilium.io/ips
      the pool of the address does not serve it: serviceSelector selects other Services
      help: ask for an address of a pool that serves it, or add its labels to serviceSelector of this one
      `,
    ],
  },
  {
    name: 'addresses that the pool keeps',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/24], avoidBuggyIPs: true }
      - CiliumLoadBalancerIPPool b: { allowFirstLastIPs: 'No', blocks: [{ cidr: 198.51.100.0/28 }, { start: 198.51.100.32, stop: 198.51.100.40 }] }
      - Service shop/a: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { metallb.io/loadBalancerIPs: 192.0.2.255 }
      - Service shop/b: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { lbipam.cilium.io/ips: '198.51.100.15,198.51.100.32' }
    `,
    expected: [
      `
      error NL645 load-balancer-without-pool
      on Service shop/a at metadata.annotations.metallb.io/loadBalancerIPs
      the pool a does not give out 192.0.2.255: with avoidBuggyIPs it keeps addresses that end in .0 and .255
      help: ask for another address of the pool
      see IPAddressPool metallb-system/a at spec.avoidBuggyIPs: the setting
      `,
      `
      error NL645 load-balancer-without-pool
      on Service shop/b at metadata.annotations.lbipam.cilium.io/ips
      the pool b does not give out 198.51.100.15: with allowFirstLastIPs it keeps the first and the last address of a CIDR
      help: ask for another address of the pool
      see CiliumLoadBalancerIPPool b at spec.allowFirstLastIPs: the setting
      `,
    ],
  },
]);
