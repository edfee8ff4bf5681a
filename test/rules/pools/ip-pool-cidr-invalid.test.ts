import { ipPoolCidrInvalid } from '../../../lib/rules/pools/ip-pool-cidr-invalid';
import { testRule } from '../expectations';

testRule(ipPoolCidrInvalid, [
  {
    name: 'host bits and link-local space; a missing one and no text are NL646',
    input: `
      - IPPool a: { cidr: 10.48.0.1/16 }
      - IPPool b: {}
      - IPPool c: { cidr: 10 }
      - IPPool d: { cidr: 169.254.128.0/20 }
      - IPPool e: { cidr: 'fe80::/64' }
    `,
    expected: [
      `
      error NL604 ip-pool-cidr-invalid
      on IPPool a at spec.cidr
      cidr of the pool: 10.48.0.1/16 has host bits set
      help: did you mean 10.48.0.0/16 or 10.48.0.1/32?
      `,
      `
      error NL604 ip-pool-cidr-invalid
      on IPPool d at spec.cidr
      cidr 169.254.128.0/20 touches 169.254.0.0/16, whose addresses are link-local
      help: give the pool a range that is routed
      `,
      `
      error NL604 ip-pool-cidr-invalid
      on IPPool e at spec.cidr
      cidr fe80::/64 touches fe80::/10, whose addresses are link-local
      help: give the pool a range that is routed
      `,
    ],
  },
  {
    name: 'pools of an Installation',
    input: `
      - Installation default: { calicoNetwork: { ipPools: [{ cidr: 10.48.0.0/16 }, { cidr: 10.48.0.1 }] } }
    `,
    expected: [
      `
      error NL604 ip-pool-cidr-invalid
      on Installation default at spec.calicoNetwork.ipPools.1.cidr
      cidr of the pool: 10.48.0.1 has no prefix length
      help: did you mean 10.48.0.1/32?
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16 }
      - IPPool b: { cidr: 'fd00:48:0::/64' }
      - manifest: { apiVersion: example.com/v1, kind: IPPool, metadata: { name: x } }
    `,
    expected: [],
  },
]);
