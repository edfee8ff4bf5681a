import { policyPortProtocol } from '../../../lib/rules/policies/policy-port-protocol';
import { testRule } from '../expectations';

const DNS = `
      - Deployment shop/dns: { labels: { app: dns }, ports: [{ containerPort: 53, protocol: UDP }] }`;

testRule(policyPortProtocol, [
  {
    name: 'a port without protocol, for pods that have it for UDP',
    input: `${DNS}
      - NetworkPolicy shop/dns: { podSelector: { matchLabels: { app: dns } }, ingress: [{ ports: [{ port: 53 }] }] }
    `,
    expected: [
      `
      warning NL518 policy-port-protocol
      on NetworkPolicy shop/dns at spec.ingress.0.ports.0.port
      port 53 is allowed for TCP, and the pods have it for UDP
      help: set protocol to UDP; without a protocol a port is one of TCP
      see Deployment shop/dns at the object: one of the pods
      `,
    ],
  },
  {
    name: 'on the way out',
    input: `${DNS}
      - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 80 }] }
      - NetworkPolicy shop/web: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: dns } } }], ports: [{ port: 53, protocol: TCP }] }] }
    `,
    expected: [
      `
      warning NL518 policy-port-protocol
      on NetworkPolicy shop/web at spec.egress.0.ports.0.port
      port 53 is allowed for TCP, and the pods have it for UDP
      help: set protocol to UDP; without a protocol a port is one of TCP
      see Deployment shop/dns at the object: one of the pods
      `,
    ],
  },
  {
    name: 'silent: both protocols are allowed, a range, other ports, pods that declare nothing, and peers of addresses',
    input: `${DNS}
      - Deployment shop/mute: { labels: { app: mute } }
      - NetworkPolicy shop/a: { podSelector: { matchLabels: { app: dns } }, ingress: [{ ports: [{ port: 53 }, { port: 53, protocol: UDP }] }] }
      - NetworkPolicy shop/aa: { podSelector: { matchLabels: { app: dns } }, ingress: [{ ports: [{ port: 53 }] }, { ports: [{ port: 53, protocol: UDP }] }] }
      - NetworkPolicy shop/b: { podSelector: { matchLabels: { app: dns } }, ingress: [{ ports: [{ port: 53, endPort: 54 }, { port: 54 }] }] }
      - NetworkPolicy shop/c: { podSelector: {}, ingress: [{ ports: [{ port: 53 }] }] }
      - NetworkPolicy shop/d: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 53 }] }] }
    `,
    expected: [],
  },
]);
