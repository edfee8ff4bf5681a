import { ciliumPoolInvalid } from '../../../lib/rules/pools/cilium-pool-invalid';
import { testRule } from '../expectations';

testRule(ciliumPoolInvalid, [
  {
    name: 'a cluster pool whose ranges hold no pod',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, cluster-pool-ipv4-cidr: 10.5.0.0/16, cluster-pool-ipv4-mask-size: '31' } }
    `,
    expected: [
      `
      warning NL636 cilium-pool-invalid
      on ConfigMap kube-system/cilium-config at data.cluster-pool-ipv4-cidr
      a mask size of 31 gives each node two addresses of IPv4, and older versions of Cilium, such as 1.15, keep two back
      help: use 29 or less
      `,
    ],
  },
  {
    name: 'blocks',
    input: `
      - CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 192.0.2.0/28, start: 192.0.2.1 }, {}, { start: 192.0.2.9, stop: 192.0.2.1 }, { cidr: 192.0.2.0 }, { cidr: 192.0.2.5/28 }] }
    `,
    expected: [
      `
      error NL636 cilium-pool-invalid
      on CiliumLoadBalancerIPPool a at spec.blocks.2
      block of the pool: 192.0.2.9-192.0.2.1 ends before it starts
      help: did you mean 192.0.2.1-192.0.2.9?
      `,
      `
      error NL636 cilium-pool-invalid
      on CiliumLoadBalancerIPPool a at spec.blocks.1
      block of the pool: it has no cidr and no start
      help: give a cidr, or start and stop
      `,
      `
      error NL636 cilium-pool-invalid
      on CiliumLoadBalancerIPPool a at spec.blocks.0
      block of the pool: it has the cidr 192.0.2.0/28 and a start or stop
      help: give a cidr, or start and stop
      `,
      `
      warning NL636 cilium-pool-invalid
      on CiliumLoadBalancerIPPool a at spec.blocks.4
      block of the pool: 192.0.2.5/28 has host bits set, and Cilium gives out all of 192.0.2.0/28
      help: write 192.0.2.0/28, or the range that is meant as start and stop
      `,
    ],
  },
  {
    name: 'pools of pods',
    input: `
      - CiliumPodIPPool a: { ipv4: { cidrs: [10.10.0.0/25, 'fd00::/64', 10.10.1.1/24], maskSize: 24 }, ipv6: { cidrs: ['fd00::/104'], maskSize: 127 } }
    `,
    expected: [
      `
      error NL636 cilium-pool-invalid
      on CiliumPodIPPool a at spec.ipv4.cidrs.0
      ipv4 range of the pool: 10.10.0.0/25 is smaller than the /24 that each node gets
      help: use a maskSize from 25, or a larger range
      `,
      `
      error NL636 cilium-pool-invalid
      on CiliumPodIPPool a at spec.ipv4.cidrs.1
      ipv4 range of the pool: fd00::/64 is IPv6
      help: list it under ipv6
      `,
      `
      warning NL636 cilium-pool-invalid
      on CiliumPodIPPool a at spec.ipv6.maskSize
      a mask size of 127 gives each node two addresses of IPv6, and older versions of Cilium, such as 1.15, keep two back
      help: use 125 or less
      `,
      `
      warning NL636 cilium-pool-invalid
      on CiliumPodIPPool a at spec.ipv4.cidrs.2
      ipv4 range of the pool: 10.10.1.1/24 has host bits set, and Cilium gives out all of 10.10.1.0/24
      help: write 10.10.1.0/24
      `,
    ],
  },
  {
    name: 'an empty start, which the CRD takes',
    input: `
      - CiliumLoadBalancerIPPool a: { blocks: [{ start: '', stop: 192.0.2.9 }] }
    `,
    expected: [
      `
      error NL636 cilium-pool-invalid
      on CiliumLoadBalancerIPPool a at spec.blocks.0
      block of the pool: it has no cidr and no start
      help: give a cidr, or start and stop
      `,
    ],
  },
  {
    name: 'a cluster pool that is smaller than the range of a node',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, cluster-pool-ipv4-cidr: '10.0.0.0/24 10.1.0.0/25', cluster-pool-ipv4-mask-size: '24', enable-ipv6: 'true', cluster-pool-ipv6-cidr: 'fd00::/121' } }
    `,
    expected: [
      `
      error NL636 cilium-pool-invalid
      on ConfigMap kube-system/cilium-config at data.cluster-pool-ipv4-cidr
      cluster pool: 10.1.0.0/25 is smaller than the /24 that each node gets
      help: use a maskSize from 25, or a larger range
      `,
      `
      error NL636 cilium-pool-invalid
      on ConfigMap kube-system/cilium-config at data.cluster-pool-ipv4-cidr
      cluster pool: fd00::/121 is smaller than the /120 that each node gets
      help: use a maskSize from 121, or a larger range
      `,
    ],
  },
  {
    name: 'ranges of nodes without an address, and a mask that is none',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, cluster-pool-ipv4-cidr: 10.0.0.0/24, cluster-pool-ipv4-mask-size: '31' } }
      - CiliumPodIPPool a: { ipv4: { cidrs: [10.10.0.0/16], maskSize: 33 } }
    `,
    expected: [
      `
      warning NL636 cilium-pool-invalid
      on ConfigMap kube-system/cilium-config at data.cluster-pool-ipv4-cidr
      a mask size of 31 gives each node two addresses of IPv4, and older versions of Cilium, such as 1.15, keep two back
      help: use 29 or less
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - CiliumLoadBalancerIPPool c: { blocks: [{ cidr: 192.0.2.0 }, { cidr: 192.0.2.0/33 }, { cidr: 3 }] }
      - CiliumPodIPPool c: { ipv4: { cidrs: [10.10.0.0/16] }, ipv6: { cidrs: ['fd00::/129', 3], maskSize: 129 } }
      - CiliumLoadBalancerIPPool a: { blocks: [{ cidr: 192.0.2.0/28 }, { start: 192.0.2.20, stop: 192.0.2.30 }, { start: 192.0.2.40 }] }
      - CiliumPodIPPool a: { ipv4: { cidrs: [10.10.0.0/16], maskSize: 24 }, ipv6: { cidrs: ['fd00::/104'], maskSize: 120 } }
      - CiliumPodIPPool b: { ipv4: x }
    `,
    expected: [],
  },
  {
    name: 'an IPv4-mapped block, which Cilium reads as IPv6',
    input: `
      - manifest: { apiVersion: cilium.io/v2, kind: CiliumLoadBalancerIPPool, metadata: { name: lan }, spec: { blocks: [{ cidr: '::ffff:192.168.42.0/120' }] } }
    `,
    expected: [
      `
      warning NL636 cilium-pool-invalid
      on CiliumLoadBalancerIPPool lan at spec.blocks.0
      block of the pool: ::ffff:192.168.42.0/120 is an IPv4-mapped IPv6 address
      help: did you mean 192.168.42.0/24?
      `,
    ],
  },
]);
