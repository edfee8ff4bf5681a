import { serviceIpText } from '../../../lib/rules/services/service-ip-text';
import { testRule } from '../expectations';

testRule(serviceIpText, [
  {
    name: 'texts that are no address',
    input: `
      - Service shop/a: { clusterIP: 10.96.0.300, ports: [{ port: 80 }] }
      - Service shop/b: { clusterIP: none, ports: [{ port: 80 }] }
      - Service shop/c: { clusterIP: 10.96.1.1, clusterIPs: [10.96.1.1, 'fd00::g'], ports: [{ port: 80 }] }
      - Service shop/d: { clusterIP: 10, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL240 service-ip-text
      on Service shop/a at spec.clusterIP
      clusterIP: 10.96.0.300 has the octet 300, above 255
      help: write four decimal octets from 0 to 255
      `,
      `
      error NL240 service-ip-text
      on Service shop/b at spec.clusterIP
      clusterIP: none is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
      `
      error NL240 service-ip-text
      on Service shop/c at spec.clusterIPs.1
      clusterIPs[1]: fd00::g has the character g, which is no hexadecimal digit
      help: write eight hexadecimal groups, or one "::" for zeros
      `,
      `
      error NL240 service-ip-text
      on Service shop/d at spec.clusterIP
      clusterIP is 10, not an IP address
      help: write an IP address as a string
      `,
    ],
  },
  {
    name: 'texts that older versions take',
    input: `
      - Service shop/a: { clusterIP: 10.096.000.020, clusterIPs: [10.096.000.020], ports: [{ port: 80 }] }
      - Service shop/b: { clusterIP: '::ffff:10.96.0.20', ports: [{ port: 80 }] }
      - Service shop/c: { clusterIP: '::ffff:a60:14', ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL240 service-ip-text
      on Service shop/a at spec.clusterIP
      clusterIP: 10.096.000.020 has leading zeros, which some programs read as octal; Kubernetes refuses it since 1.36, and reads 10.96.0.20 before
      help: write 10.96.0.20
      `,
      `
      warning NL240 service-ip-text
      on Service shop/b at spec.clusterIP
      clusterIP: ::ffff:10.96.0.20 is an IPv4-mapped IPv6 address; Kubernetes refuses it since 1.36, and reads 10.96.0.20 before
      help: write 10.96.0.20
      `,
      `
      warning NL240 service-ip-text
      on Service shop/c at spec.clusterIP
      clusterIP: ::ffff:a60:14 is an IPv4-mapped IPv6 address; Kubernetes refuses it since 1.36, and reads 10.96.0.20 before
      help: write 10.96.0.20
      `,
    ],
  },
  {
    name: 'a version that takes them no longer',
    input: `
      - Service shop/a: { clusterIP: 10.096.000.020, ports: [{ port: 80 }] }
    `,
    facts: { kubernetesVersion: '1.36' },
    expected: [
      `
      error NL240 service-ip-text
      on Service shop/a at spec.clusterIP
      clusterIP: 10.096.000.020 has leading zeros, which some programs read as octal; Kubernetes refuses it since 1.36, and reads 10.96.0.20 before
      help: write 10.96.0.20
      `,
    ],
  },
  {
    name: 'silent: addresses, None, nothing',
    input: `
      - Service shop/a: { clusterIP: 10.96.1.1, clusterIPs: [10.96.1.1, 'fd00::1'], ports: [{ port: 80 }] }
      - Service shop/b: { clusterIP: None, clusterIPs: [None] }
      - Service shop/c: { clusterIP: '', ports: [{ port: 80 }] }
      - Service shop/d: { type: ExternalName, externalName: db.example.com, clusterIP: nonsense }
    `,
    expected: [],
  },
]);
