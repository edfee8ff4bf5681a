import { serviceExternalIp } from '../../../lib/rules/services/service-external-ip';
import { testRule } from '../expectations';

testRule(serviceExternalIp, [
  {
    name: 'addresses that no other machine reaches',
    input: `
      - Service shop/web: { externalIPs: [127.0.0.1, 0.0.0.0, 169.254.1.1, 224.0.0.1, '::1', '::', 'fe80::1', 'ff02::1'], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.1
      external IP 0.0.0.0 is the unspecified address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.0
      external IP 127.0.0.1 is a loopback address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.2
      external IP 169.254.1.1 is a link-local address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.3
      external IP 224.0.0.1 is a link-local multicast address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.5
      external IP :: is the unspecified address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.4
      external IP ::1 is a loopback address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.6
      external IP fe80::1 is a link-local address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.7
      external IP ff02::1 is a link-local multicast address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
    ],
  },
  {
    name: 'texts that are no address',
    input: `
      - Service shop/web: { externalIPs: [203.0.113.300, web.example.com, 203.0.113.0/24, 7], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.3
      external IP is 7, not an IP address
      help: write an IP address as a string
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.2
      external IP: 203.0.113.0/24 has a prefix length, one address has none
      help: did you mean 203.0.113.0?
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.0
      external IP: 203.0.113.300 has the octet 300, above 255
      help: write four decimal octets from 0 to 255
      `,
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.1
      external IP: web.example.com is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
    ],
  },
  {
    name: 'texts that older versions take',
    input: `
      - Service shop/web: { externalIPs: [203.0.113.005, '::ffff:127.0.0.1'], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL236 service-external-ip
      on Service shop/web at spec.externalIPs.1
      external IP 127.0.0.1 is a loopback address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      warning NL236 service-external-ip
      on Service shop/web at spec.externalIPs.0
      external IP: 203.0.113.005 has leading zeros, which some programs read as octal; Kubernetes refuses it since 1.36, and reads 203.0.113.5 before
      help: write 203.0.113.5
      `,
    ],
  },
  {
    name: 'silent: addresses that are routed',
    input: `
      - Service shop/web: { externalIPs: [203.0.113.5, '2001:db8::5', 10.0.0.1], ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
