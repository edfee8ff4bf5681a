import { invalidServiceCidr } from '../../../lib/rules/services/invalid-service-cidr';
import { testRule } from '../expectations';

testRule(invalidServiceCidr, [
  {
    name: 'the one of the API server, written by hand',
    input: `
      - ServiceCIDR kubernetes: { cidrs: [10.96.0.0/16] }
    `,
    expected: [
      `
      warning NL242 invalid-service-cidr
      on ServiceCIDR kubernetes at metadata.name
      the ServiceCIDR kubernetes is that of the API server, which makes it from its flag service-cluster-ip-range
      help: give further ranges another name; the first range is changed with the flag
      `,
    ],
  },
  {
    name: 'silent: the one of the API server, read from a cluster',
    input: `
      - ServiceCIDR kubernetes: { cidrs: [10.96.0.0/16] }
        uid: 00000000-0000-0000-0000-000000000001
    `,
    expected: [],
  },
  {
    name: 'no CIDRs, too many, two of one family',
    input: `
      - ServiceCIDR a: {}
      - ServiceCIDR b: { cidrs: [] }
      - ServiceCIDR c: { cidrs: [10.96.0.0/16, 'fd00:96::/112', 10.97.0.0/16] }
      - ServiceCIDR d: { cidrs: [10.96.0.0/16, 10.97.0.0/16] }
    `,
    expected: [
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR a at spec
      the ServiceCIDR has no cidrs
      help: list one CIDR, or one of each IP family
      `,
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR b at spec
      the ServiceCIDR has no cidrs
      help: list one CIDR, or one of each IP family
      `,
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR c at spec.cidrs
      the ServiceCIDR has 3 CIDRs, and may have two, one of each IP family
      help: make a ServiceCIDR of its own for each further range
      `,
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR d at spec.cidrs.1
      both CIDRs of the ServiceCIDR are IPv4
      help: make two ServiceCIDRs: one has at most one CIDR of each IP family
      `,
    ],
  },
  {
    name: 'texts that are no CIDR, or not the canonical one',
    input: `
      - ServiceCIDR a: { cidrs: [10.96.0.5/16] }
      - ServiceCIDR b: { cidrs: [10.96.0.0] }
      - ServiceCIDR c: { cidrs: ['FD00:96:0::/112'] }
      - ServiceCIDR d: { cidrs: [96] }
    `,
    expected: [
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR a at spec.cidrs.0
      10.96.0.5/16 has host bits set
      help: did you mean 10.96.0.0/16 or 10.96.0.5/32?
      `,
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR b at spec.cidrs.0
      10.96.0.0 has no prefix length
      help: did you mean 10.96.0.0/32?
      `,
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR c at spec.cidrs.0
      the CIDR "FD00:96:0::/112" is not in canonical form
      help: write fd00:96::/112
      `,
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR d at spec.cidrs.0
      a CIDR is 96
      help: write a string such as "10.96.0.0/16"
      `,
    ],
  },
  {
    name: 'IPv6: a /64 is the largest',
    input: `
      - ServiceCIDR a: { cidrs: ['fd00::/63'] }
      - ServiceCIDR b: { cidrs: ['fd00::/64'] }
    `,
    expected: [
      `
      error NL242 invalid-service-cidr
      on ServiceCIDR a at spec.cidrs.0
      the CIDR "fd00::/63" is larger than a /64, the largest that Services can have
      help: choose a /64 or smaller, such as a /112
      `,
    ],
  },
  {
    name: 'silent: one CIDR, one of each family, and another kind of the same name',
    input: `
      - ServiceCIDR a: { cidrs: [10.96.0.0/16] }
      - ServiceCIDR b: { cidrs: ['fd00:96::/112', 10.97.0.0/16] }
      - manifest: { apiVersion: example.com/v1, kind: ServiceCIDR, metadata: { name: c } }
    `,
    expected: [],
  },
]);
