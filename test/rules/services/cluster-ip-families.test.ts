import { clusterIpFamilies } from '../../../lib/rules/services/cluster-ip-families';
import { testRule } from '../expectations';

testRule(clusterIpFamilies, [
  {
    name: 'clusterIP and clusterIPs',
    input: `
      - Service shop/a: { clusterIPs: [10.96.1.1], ports: [{ port: 80 }] }
      - Service shop/b: { clusterIP: 10.96.1.1, clusterIPs: [10.96.1.2], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL239 cluster-ip-families
      on Service shop/a at spec.clusterIPs
      clusterIPs is set without clusterIP
      help: write clusterIP too, as the first of clusterIPs: "10.96.1.1"
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/b at spec.clusterIPs.0
      the first of clusterIPs is "10.96.1.2", and clusterIP is "10.96.1.1"
      help: make them equal, or leave clusterIPs out
      `,
    ],
  },
  {
    name: 'too many addresses, two of one family, None beside an address',
    input: `
      - Service shop/a: { ipFamilyPolicy: PreferDualStack, clusterIP: 10.96.1.1, clusterIPs: [10.96.1.1, 'fd00::1', 10.96.1.2], ports: [{ port: 80 }] }
      - Service shop/b: { ipFamilyPolicy: PreferDualStack, clusterIP: 10.96.1.1, clusterIPs: [10.96.1.1, 10.96.1.2], ports: [{ port: 80 }] }
      - Service shop/c: { ipFamilyPolicy: PreferDualStack, clusterIP: None, clusterIPs: [None, 'fd00::1'], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL239 cluster-ip-families
      on Service shop/a at spec.clusterIPs
      clusterIPs has 3 values, and may have two, one for each IP family
      help: remove the others
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/b at spec.clusterIPs.1
      clusterIPs has two IPv4 addresses: 10.96.1.1, 10.96.1.2
      help: a Service has at most one address of each IP family: remove one
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/c at spec.clusterIPs.0
      None is given together with an address in clusterIPs
      help: None must be the only value: a headless Service has no address of any family
      `,
    ],
  },
  {
    name: 'families in another order than the addresses',
    input: `
      - Service shop/web: { ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6, IPv4], clusterIP: 10.96.1.1, clusterIPs: [10.96.1.1, 'fd00::1'], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL239 cluster-ip-families
      on Service shop/web at spec.clusterIPs.0
      clusterIPs[0] is an IPv4 address, and ipFamilies[0] is IPv6
      help: put both lists in the same order
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/web at spec.clusterIPs.1
      clusterIPs[1] is an IPv6 address, and ipFamilies[1] is IPv4
      help: put both lists in the same order
      `,
    ],
  },
  {
    name: 'families that are not known or listed twice',
    input: `
      - Service shop/a: { ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, ipv6], ports: [{ port: 80 }] }
      - Service shop/b: { ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv4], ports: [{ port: 80 }] }
      - Service shop/c: { ipFamilies: [4], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL239 cluster-ip-families
      on Service shop/a at spec.ipFamilies.1
      the IP family "ipv6" is not known
      help: write IPv6
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/b at spec.ipFamilies.1
      the IP family IPv4 is listed twice
      help: list each family once
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/c at spec.ipFamilies.0
      the IP family 4 is not known
      help: write IPv4 or IPv6
      `,
    ],
  },
  {
    name: 'a policy that does not suit',
    input: `
      - Service shop/a: { ipFamilies: [IPv4, IPv6], ports: [{ port: 80 }] }
      - Service shop/b: { ipFamilyPolicy: SingleStack, clusterIP: 10.96.1.1, clusterIPs: [10.96.1.1, 'fd00::1'], ports: [{ port: 80 }] }
      - Service shop/c: { ipFamilyPolicy: DualStack, ports: [{ port: 80 }] }
      - Service shop/d: { clusterIP: None, selector: { app: web }, ipFamilies: [IPv4, IPv6] }
    `,
    expected: [
      `
      error NL239 cluster-ip-families
      on Service shop/a at spec
      the Service names two IP families, and its ipFamilyPolicy is not set, which is SingleStack
      help: set ipFamilyPolicy to PreferDualStack or RequireDualStack, or name one family
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/b at spec.ipFamilyPolicy
      the Service names two IP families, and its ipFamilyPolicy is SingleStack
      help: set ipFamilyPolicy to PreferDualStack or RequireDualStack, or name one family
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/c at spec.ipFamilyPolicy
      ipFamilyPolicy is "DualStack", and must be SingleStack, PreferDualStack or RequireDualStack
      help: leave it out for SingleStack
      `,
      `
      error NL239 cluster-ip-families
      on Service shop/d at spec
      the Service names two IP families, and its ipFamilyPolicy is not set, which is SingleStack
      help: set ipFamilyPolicy to PreferDualStack or RequireDualStack, or name one family
      `,
    ],
  },
  {
    name: 'silent: what fits, and an empty address, which is NL240',
    input: `
      - Service shop/a: { clusterIP: 10.96.1.1, ports: [{ port: 80 }] }
      - Service shop/b: { ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv4, IPv6], clusterIP: 10.96.1.1, clusterIPs: [10.96.1.1, 'fd00::1'], ports: [{ port: 80 }] }
      - Service shop/c: { clusterIP: None, clusterIPs: [None], ipFamilies: [IPv4, IPv6] }
      - Service shop/d: { ipFamilyPolicy: SingleStack, ipFamilies: [IPv6], ports: [{ port: 80 }] }
      - Service shop/e: { type: ExternalName, externalName: db.example.com, ipFamilies: [IPv4, IPv4] }
      - Service shop/f: { clusterIP: 10.96.1.2, clusterIPs: [10.96.1.2, ''], ports: [{ port: 80 }] }
    `,
    expected: [],
  },
  {
    name: 'clusterIP alone is the first of clusterIPs',
    input: `
      - Service shop/a: { clusterIP: 10.96.1.1, ipFamilies: [IPv6], ports: [{ port: 80 }] }
      - Service shop/b: { clusterIP: 'fd00::1', ipFamilies: [IPv6], ports: [{ port: 80 }] }
      - Service shop/c: { clusterIP: None, ipFamilies: [IPv6] }
    `,
    expected: [
      `
      error NL239 cluster-ip-families
      on Service shop/a at spec.clusterIP
      clusterIP is an IPv4 address, and ipFamilies[0] is IPv6
      help: name the family of the address, or leave ipFamilies out
      `,
    ],
  },
]);
