import { ipPoolOverlap } from '../../../lib/rules/pools/ip-pool-overlap';
import { testRule } from '../expectations';

const DISJOINT = 'help: pools must be disjoint: shrink or move one of them, or disable the one that is being replaced';
const MOVE = 'help: a pool needs addresses that nothing else uses: move it';

testRule(ipPoolOverlap, [
  {
    name: 'one pool inside another',
    input: `
      - IPPool zone-b: { cidr: 10.48.0.0/16 }
      - IPPool zone-a: { cidr: 10.48.128.0/18 }
      - IPPool zone-c: { cidr: 10.49.0.0/16 }
    `,
    expected: [
      `
      error NL601 ip-pool-overlap
      on IPPool zone-b at spec.cidr
      10.48.0.0/16 overlaps 10.48.128.0/18 of IPPool zone-a
      ${DISJOINT}
      see IPPool zone-a at spec.cidr: the other pool
      `,
    ],
  },
  {
    name: 'every pair of three equal pools',
    input: `
      - IPPool c: { cidr: 'fd00:48::/64' }
      - IPPool a: { cidr: 'fd00:48::/64' }
      - IPPool b: { cidr: 'fd00:48::/64' }
    `,
    expected: [
      `
      error NL601 ip-pool-overlap
      on IPPool b at spec.cidr
      fd00:48::/64 overlaps fd00:48::/64 of IPPool a
      ${DISJOINT}
      see IPPool a at spec.cidr: the other pool
      `,
      `
      error NL601 ip-pool-overlap
      on IPPool c at spec.cidr
      fd00:48::/64 overlaps fd00:48::/64 of IPPool a
      ${DISJOINT}
      see IPPool a at spec.cidr: the other pool
      `,
      `
      error NL601 ip-pool-overlap
      on IPPool c at spec.cidr
      fd00:48::/64 overlaps fd00:48::/64 of IPPool b
      ${DISJOINT}
      see IPPool b at spec.cidr: the other pool
      `,
    ],
  },
  {
    name: 'a disabled pool that is being replaced is a warning, on the new pool',
    input: `
      - IPPool old: { cidr: 10.48.0.0/16, disabled: true }
      - IPPool new: { cidr: 10.48.0.0/16 }
      - IPPool older: { cidr: 10.48.0.0/16, disabled: true }
    `,
    expected: [
      `
      warning NL601 ip-pool-overlap
      on IPPool new at spec.cidr
      10.48.0.0/16 overlaps 10.48.0.0/16 of IPPool old, which is disabled
      help: remove the disabled pool when no pod has an address of it any more
      see IPPool old at spec.cidr: the other pool
      `,
      `
      warning NL601 ip-pool-overlap
      on IPPool new at spec.cidr
      10.48.0.0/16 overlaps 10.48.0.0/16 of IPPool older, which is disabled
      help: remove the disabled pool when no pod has an address of it any more
      see IPPool older at spec.cidr: the other pool
      `,
    ],
  },
  {
    name: 'the services and the nodes',
    facts: { serviceCidrs: '10.96.0.0/12', nodeCidrs: '192.168.10.0/24,10.48.0.0/24' },
    input: `
      - IPPool a: { cidr: 10.100.0.0/16 }
      - IPPool b: { cidr: 10.48.0.0/16 }
      - IPPool c: { cidr: 192.168.0.0/16, disabled: true }
    `,
    expected: [
      `
      error NL601 ip-pool-overlap
      on IPPool a at spec.cidr
      10.100.0.0/16 overlaps the service CIDR 10.96.0.0/12
      ${MOVE}
      `,
      `
      error NL601 ip-pool-overlap
      on IPPool b at spec.cidr
      10.48.0.0/16 overlaps the node network 10.48.0.0/24
      ${MOVE}
      `,
      `
      error NL601 ip-pool-overlap
      on IPPool c at spec.cidr
      192.168.0.0/16 overlaps the node network 192.168.10.0/24
      ${MOVE}
      `,
    ],
  },
  {
    name: 'a pool of load balancer addresses may lie in the node network, but not in the services',
    facts: { serviceCidrs: '10.96.0.0/12', nodeCidrs: '192.168.10.0/24' },
    input: `
      - IPPool a: { cidr: 192.168.10.64/26, allowedUses: [LoadBalancer] }
      - IPPool b: { cidr: 10.96.4.0/26, allowedUses: [LoadBalancer] }
      - IPPool c: { cidr: 192.168.10.128/26, allowedUses: [Workload, Tunnel] }
    `,
    expected: [
      `
      error NL601 ip-pool-overlap
      on IPPool b at spec.cidr
      10.96.4.0/26 overlaps the service CIDR 10.96.0.0/12
      ${MOVE}
      `,
      `
      error NL601 ip-pool-overlap
      on IPPool c at spec.cidr
      192.168.10.128/26 overlaps the node network 192.168.10.0/24
      ${MOVE}
      `,
    ],
  },
  {
    name: 'pools of an Installation; not the IPPool that the operator makes of one',
    input: `
      - Installation default: { calicoNetwork: { ipPools: [{ name: a, cidr: 10.48.0.0/16 }, { cidr: 10.49.0.0/16 }] } }
      - IPPool made-of-a: { cidr: 10.48.0.0/16 }
      - IPPool z: { cidr: 10.49.128.0/17 }
    `,
    expected: [
      `
      error NL601 ip-pool-overlap
      on IPPool z at spec.cidr
      10.49.128.0/17 overlaps 10.49.0.0/16 of Installation default
      ${DISJOINT}
      see Installation default at spec.calicoNetwork.ipPools.1.cidr: the other pool
      `,
    ],
  },
  {
    name: 'silent: neighbours, other families, CIDRs that cannot be read, and both views of one pool',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16 }
      - IPPool b: { cidr: 10.49.0.0/16 }
      - IPPool c: { cidr: '::/0' }
      - IPPool d: { cidr: 10.48.0.1/16 }
      - IPPool e: { cidr: [10.48.0.0/16] }
      - IPPool f: null
      - manifest: { apiVersion: crd.projectcalico.org/v1, kind: IPPool, metadata: { name: a }, spec: { cidr: 10.48.0.0/16 } }
      - manifest: { apiVersion: example.com/v1, kind: IPPool, metadata: { name: x }, spec: { cidr: 10.48.0.0/16 } }
    `,
    expected: [],
  },
  {
    name: 'of twelve pools in one place the last one is reported with one of the others, and a count',
    input: Array.from('abcdefghijkl', (name) => `- IPPool ${name}: { cidr: 10.48.0.0/16 }`).join('\n'),
    expected: [
      ...Array.from('bcdefghijk', (name, index) =>
        Array.from('abcdefghij'.slice(0, index + 1), (other) => [name, other, ''] as const),
      ).flat(),
      ['l', 'a', ', and 10 more'] as const,
    ].map(
      ([name, other, more]) => `
      error NL601 ip-pool-overlap
      on IPPool ${name} at spec.cidr
      10.48.0.0/16 overlaps 10.48.0.0/16 of IPPool ${other}${more}
      ${DISJOINT}
      see IPPool ${other} at spec.cidr: the other pool
      `,
    ),
  },
]);
