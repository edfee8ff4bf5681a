import { externalIpConflict } from '../../../lib/rules/services/external-ip-conflict';
import { testRule } from '../expectations';

const HELP = 'help: traffic goes to either of them: use another address or another port';

testRule(externalIpConflict, [
  {
    name: 'one address, one port of two in common',
    input: `
      - Service shop/web: { externalIPs: [203.0.113.5], ports: [{ port: 80 }, { port: 443 }] }
      - Service shop/api: { externalIPs: [203.0.113.4, 203.0.113.5], ports: [{ port: 80 }, { port: 8443 }] }
    `,
    expected: [
      `
      error NL212 external-ip-conflict
      on Service shop/web at spec.externalIPs.0
      external IP 203.0.113.5, port 80/TCP, is also claimed by Service shop/api
      ${HELP}
      see Service shop/api at spec.externalIPs.1: first claimed here
      `,
    ],
  },
  {
    name: 'IPv6 spelled differently',
    input: `
      - Service shop/web: { externalIPs: ['2001:db8::5'], ports: [{ port: 80 }] }
      - Service shop/api: { externalIPs: ['2001:0DB8:0:0:0:0:0:5'], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL212 external-ip-conflict
      on Service shop/web at spec.externalIPs.0
      external IP 2001:db8::5, port 80/TCP, is also claimed by Service shop/api
      ${HELP}
      see Service shop/api at spec.externalIPs.0: first claimed here
      `,
    ],
  },
  {
    name: 'silent: other ports, other protocols',
    input: `
      - Service shop/a: { externalIPs: [203.0.113.5], ports: [{ port: 53 }] }
      - Service shop/b: { externalIPs: [203.0.113.5], ports: [{ port: 53, protocol: UDP }] }
      - Service shop/c: { externalIPs: [203.0.113.5], ports: [{ port: 54 }] }
    `,
    expected: [],
  },
  {
    name: 'silent: the same address twice in one Service, and lists that are none',
    input: `
      - Service shop/a: { externalIPs: [203.0.113.5, 203.0.113.5], ports: [{ port: 53 }, { port: 53 }] }
      - Service shop/b: { externalIPs: 203.0.113.5, ports: [{ port: 53 }] }
      - Service shop/c: { externalIPs: [203.0.113.5], ports: { port: 53 } }
      - Service shop/d: { type: ExternalName, externalName: example.com, externalIPs: [203.0.113.5], ports: [{ port: 53 }] }
    `,
    expected: [],
  },
]);
