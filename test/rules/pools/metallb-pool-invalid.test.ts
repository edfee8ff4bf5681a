import { metallbPoolInvalid } from '../../../lib/rules/pools/metallb-pool-invalid';
import { testRule } from '../expectations';

testRule(metallbPoolInvalid, [
  {
    name: 'none, an address alone, the wrong way round, no address',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [] }
      - IPAddressPool metallb-system/b: { addresses: [192.0.2.1, 192.0.2.9-192.0.2.1, 192.0.2.x/24] }
    `,
    expected: [
      `
      error NL630 metallb-pool-invalid
      on IPAddressPool metallb-system/a at spec.addresses
      the pool has no addresses
      help: list CIDRs or ranges, such as 192.0.2.0/26 or 192.0.2.10-192.0.2.20
      `,
      `
      error NL630 metallb-pool-invalid
      on IPAddressPool metallb-system/b at spec.addresses.0
      addresses of the pool: 192.0.2.1 is an address without prefix length
      help: write 192.0.2.1/32
      `,
      `
      error NL630 metallb-pool-invalid
      on IPAddressPool metallb-system/b at spec.addresses.1
      addresses of the pool: 192.0.2.9-192.0.2.1 ends before it starts
      help: did you mean 192.0.2.1-192.0.2.9?
      `,
      `
      error NL630 metallb-pool-invalid
      on IPAddressPool metallb-system/b at spec.addresses.2
      addresses of the pool: 192.0.2.x/24 has the octet x, which is no number
      help: write four decimal octets from 0 to 255
      `,
    ],
  },
  {
    name: 'zeros before the prefix length, and space around the dash, are read; space around a CIDR is not',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/028, "198.51.100.1 -\\t198.51.100.9\\n", "203.0.113.0/28 "] }
    `,
    expected: [
      `
      error NL630 metallb-pool-invalid
      on IPAddressPool metallb-system/a at spec.addresses.2
      addresses of the pool: "203.0.113.0/28 " contains white space
      help: did you mean 203.0.113.0/28?
      `,
      `
      warning NL630 metallb-pool-invalid
      on IPAddressPool metallb-system/a at spec.addresses.0
      addresses of the pool: 192.0.2.0/028 has leading zeros in its prefix length, and MetalLB gives out all of 192.0.2.0/28
      help: write 192.0.2.0/28, or the range that is meant as first-last
      `,
    ],
  },
  {
    name: 'host bits are a warning: MetalLB drops them',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.168.100.200/28] }
    `,
    expected: [
      `
      warning NL630 metallb-pool-invalid
      on IPAddressPool metallb-system/a at spec.addresses.0
      addresses of the pool: 192.168.100.200/28 has host bits set, and MetalLB gives out all of 192.168.100.192/28
      help: write 192.168.100.192/28, or the range that is meant as first-last
      `,
    ],
  },
  {
    name: 'silent, or said by NL646',
    input: `
      - IPAddressPool metallb-system/c: {}
      - IPAddressPool metallb-system/d: { addresses: [7, null] }
      - IPAddressPool metallb-system/e: { addresses: public }
      - IPAddressPool metallb-system/f: { addresses: [192.0.2.0/28], serviceAllocation: { namespaces: [a, a] } }
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/26, 192.0.2.64 - 192.0.2.70, 'fd00::10-fd00::20', 198.51.100.1/32] }
      - manifest: { apiVersion: example.com/v1, kind: IPAddressPool, metadata: { name: x } }
    `,
    expected: [],
  },
]);
