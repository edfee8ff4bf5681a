import { ipReservation } from '../../../lib/rules/pools/ip-reservation';
import { testRule } from '../expectations';

const METADATA = 'apiVersion: projectcalico.org/v3, kind: IPReservation, metadata';

testRule(ipReservation, [
  {
    name: 'outside of all pools, no CIDR, and too much of a pool',
    input: `
      - IPPool pods: { cidr: 10.244.0.0/24 }
      - manifest: { ${METADATA}: { name: a }, spec: { reservedCIDRs: [10.1.0.0/29, 10.244.0.1/29, 10.244.0.0/28] } }
      - manifest: { ${METADATA}: { name: b }, spec: { reservedCIDRs: [10.244.0.64/28] } }
    `,
    expected: [
      `
      warning NL641 ip-reservation
      on IPReservation a at spec.reservedCIDRs.0
      10.1.0.0/29 is in no IPPool: nothing would be given out there anyway
      help: correct the range, or remove it
      `,
      `
      warning NL641 ip-reservation
      on IPReservation a at spec.reservedCIDRs.2
      a tenth or more of 10.244.0.0/24 is reserved: Calico takes long to find an address that is not
      help: give the owner of the addresses a range outside of the pool, or disable a pool of its own for it
      see IPPool pods at spec: the pool
      `,
      `
      warning NL641 ip-reservation
      on IPReservation a at spec.reservedCIDRs.1
      reservedCIDRs: 10.244.0.1/29 has host bits set
      help: did you mean 10.244.0.0/29 or 10.244.0.1/32?
      `,
    ],
  },
  {
    name: 'silent: a small part, single addresses, pools that are elsewhere',
    input: `
      - IPPool pods: { cidr: 10.244.0.0/16 }
      - manifest: { ${METADATA}: { name: a }, spec: { reservedCIDRs: [10.244.0.0/28, 10.244.9.9] } }
    `,
    expected: [],
  },
  {
    name: 'silent without pools',
    input: `- manifest: { ${METADATA}: { name: a }, spec: { reservedCIDRs: [10.244.0.0/28] } }`,
    expected: [],
  },
  {
    name: 'silent: another family than that of the pools, and the rest of the pod range',
    input: `
      - IPPool pods: { cidr: 10.244.0.0/17 }
      - manifest: { ${METADATA}: { name: a }, spec: { reservedCIDRs: ['fd00::/125', 10.244.200.0/29] } }
    `,
    facts: { podCidrs: '10.244.0.0/16' },
    expected: [],
  },
  {
    name: 'two reservations that leave nothing of a pool',
    input: `
      - IPPool pods: { cidr: 10.244.0.0/24 }
      - IPReservation a: { reservedCIDRs: [10.244.0.0/25, 10.244.0.0/26] }
      - IPReservation b: { reservedCIDRs: [10.244.0.128/25] }
    `,
    expected: [
      `
      warning NL641 ip-reservation
      on IPReservation a at spec.reservedCIDRs.0
      all of 10.244.0.0/24 is reserved: the pool gives no address to any pod
      help: reserve a part of it, or set disabled: true in the pool if that is what is meant
      see IPPool pods at spec: the pool
      `,
    ],
  },
]);
