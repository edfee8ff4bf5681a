import { calicoIpamSettingsInvalid } from '../../../lib/rules/pools/calico-ipam-settings-invalid';
import { testRule } from '../expectations';

testRule(calicoIpamSettingsInvalid, [
  {
    name: 'a reservation',
    input: `
      - IPReservation gateway: { reservedCIDRs: [10.48.0.1/24, gateway, 7] }
    `,
    expected: [
      `
      error NL608 calico-ipam-settings-invalid
      on IPReservation gateway at spec.reservedCIDRs.0
      reservedCIDRs: 10.48.0.1/24 has host bits set
      help: did you mean 10.48.0.0/24 or 10.48.0.1/32?
      `,
      `
      error NL608 calico-ipam-settings-invalid
      on IPReservation gateway at spec.reservedCIDRs.1
      reservedCIDRs: gateway is not a CIDR
      help: write one such as 10.0.0.0/8 or fd00::/8
      `,
    ],
  },
  {
    name: 'settings of IPAM',
    input: `
      - IPAMConfiguration main: { autoAllocateBlocks: false, maxBlocksPerHost: 4, ipCooldownSeconds: 5000 }
    `,
    expected: [
      `
      error NL608 calico-ipam-settings-invalid
      on IPAMConfiguration main at metadata.name
      IPAMConfiguration main: Calico knows the one with the name default only
      help: name it default
      `,
      `
      error NL608 calico-ipam-settings-invalid
      on IPAMConfiguration main at spec.autoAllocateBlocks
      autoAllocateBlocks is false without strictAffinity: nodes would borrow from blocks that nobody makes
      help: set strictAffinity: true, or leave autoAllocateBlocks out
      `,
      `
      error NL608 calico-ipam-settings-invalid
      on IPAMConfiguration main at spec.ipCooldownSeconds
      ipCooldownSeconds 5000 is not between 0 and 1200
      help: give the seconds that an address rests before it is given out again
      `,
      `
      error NL608 calico-ipam-settings-invalid
      on IPAMConfiguration main at spec.maxBlocksPerHost
      maxBlocksPerHost is 4 without strictAffinity: a node at its limit would borrow from others
      help: set strictAffinity: true, or leave maxBlocksPerHost out
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - IPReservation gateway: { reservedCIDRs: [10.48.0.1/32, 10.48.0.2, 'fd00::/120'] }
      - IPAMConfiguration default: { strictAffinity: true, autoAllocateBlocks: false, maxBlocksPerHost: 4, ipCooldownSeconds: 0 }
    `,
    expected: [],
  },
]);
