import { ciliumPodPoolOverlap } from '../../../lib/rules/pools/cilium-pod-pool-overlap';
import { testRule } from '../expectations';

testRule(ciliumPodPoolOverlap, [
  {
    name: 'two pools, and one that lists a range twice',
    input: `
      - CiliumPodIPPool b: { ipv4: { cidrs: [10.10.0.0/16] } }
      - CiliumPodIPPool a: { ipv4: { cidrs: [10.10.8.0/24] }, ipv6: { cidrs: ['fd00::/104', 'fd00::/120'] } }
    `,
    expected: [
      `
      error NL637 cilium-pod-pool-overlap
      on CiliumPodIPPool a at spec.ipv6.cidrs.1
      fd00::/120 overlaps fd00::/104 of CiliumPodIPPool a
      help: two nodes would give out the same pod addresses: give each pool a range of its own
      see CiliumPodIPPool a at spec.ipv6.cidrs.0: the other range
      `,
      `
      error NL637 cilium-pod-pool-overlap
      on CiliumPodIPPool b at spec.ipv4.cidrs.0
      10.10.0.0/16 overlaps 10.10.8.0/24 of CiliumPodIPPool a
      help: two nodes would give out the same pod addresses: give each pool a range of its own
      see CiliumPodIPPool a at spec.ipv4.cidrs.0: the other range
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - CiliumPodIPPool a: { ipv4: { cidrs: [10.10.0.0/16] } }
      - CiliumPodIPPool b: { ipv4: { cidrs: [10.11.0.0/16, 10.10.0.1/16] } }
    `,
    expected: [],
  },
]);
