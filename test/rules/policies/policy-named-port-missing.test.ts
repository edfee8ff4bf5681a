import { policyNamedPortMissing } from '../../../lib/rules/policies/policy-named-port-missing';
import { testRule } from '../expectations';

testRule(policyNamedPortMissing, [
  {
    name: 'names that the receiving pods do not have',
    input: `
      - Deployment shop/web: { labels: { app: web }, ports: [{ name: http, containerPort: 8080 }] }
      - Deployment shop/db: { labels: { app: db }, ports: [{ name: sql, containerPort: 5432 }] }
      - NetworkPolicy shop/web: { podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: web }, { port: http }] }] }
      - NetworkPolicy shop/out: { podSelector: { matchLabels: { app: web } }, egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }], ports: [{ port: http }] }] }
    `,
    expected: [
      `
      warning NL513 policy-named-port-missing
      on NetworkPolicy shop/out at spec.egress.0.ports.0.port
      no pod that is a peer of the rule has a TCP port named http, so that nothing is allowed
      help: write the number, or name the port in the containers
      see Deployment shop/db at the object: one of the pods
      `,
      `
      warning NL513 policy-named-port-missing
      on NetworkPolicy shop/web at spec.ingress.0.ports.0.port
      no pod that the policy selects has a TCP port named web, so that nothing is allowed
      help: write the number, or name the port in the containers
      see Deployment shop/web at the object: one of the pods
      `,
    ],
  },
  {
    name: 'a name that is there for another protocol',
    input: `
      - Deployment shop/dns: { labels: { app: dns }, ports: [{ name: dns, containerPort: 53, protocol: UDP }] }
      - NetworkPolicy shop/dns: { podSelector: {}, ingress: [{ ports: [{ port: dns }] }] }
    `,
    expected: [
      `
      warning NL513 policy-named-port-missing
      on NetworkPolicy shop/dns at spec.ingress.0.ports.0.port
      no pod that the policy selects has a TCP port named dns, so that nothing is allowed
      help: a port of that name is there for UDP: set protocol to UDP
      see Deployment shop/dns at the object: one of the pods
      `,
    ],
  },
  {
    name: 'names that a pod has, and receivers that are not known',
    input: `
      - Deployment shop/web: { labels: { app: web }, ports: [{ name: http, containerPort: 8080 }] }
      - Deployment shop/db: { labels: { app: db }, ports: [{ name: sql, containerPort: 5432 }] }
      - NetworkPolicy shop/all: { podSelector: {}, ingress: [{ ports: [{ port: http }, { port: sql }] }] }
      - NetworkPolicy shop/anyone: { podSelector: {}, egress: [{ ports: [{ port: dns }] }] }
      - NetworkPolicy shop/elsewhere: { podSelector: {}, egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: dns }] }] }
      - NetworkPolicy shop/none: { podSelector: { matchLabels: { app: x } }, ingress: [{ ports: [{ port: dns }] }] }
      - NetworkPolicy shop/ignored: { podSelector: {}, policyTypes: [Egress], ingress: [{ ports: [{ port: dns }] }] }
    `,
    expected: [],
  },
]);
