import { policyPortUndeclared } from '../../../lib/rules/policies/policy-port-undeclared';
import { testRule } from '../expectations';

testRule(policyPortUndeclared, [
  {
    name: 'ports and ranges of ports that no pod at the receiving end declares, in both directions',
    input: `
      - Deployment shop/db: { labels: { app: db }, ports: [{ containerPort: 5432 }, { containerPort: 53, protocol: UDP }] }
      - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
      - NetworkPolicy shop/db: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: 5342 }, { port: 6000, endPort: 7000 }] }] }
      - NetworkPolicy shop/web: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }], ports: [{ port: 3306 }] }] }
    `,
    expected: [
      `
      info NL542 policy-port-undeclared
      on NetworkPolicy shop/db at spec.ingress.0.ports.0.port
      no pod that the policy selects declares the port 5342
      help: Deployment shop/db declares 5432/TCP, 53/UDP: compare with what the program listens on
      see Deployment shop/db at the object: one of the pods
      `,
      `
      info NL542 policy-port-undeclared
      on NetworkPolicy shop/db at spec.ingress.0.ports.1.port
      no pod that the policy selects declares the port 6000-7000
      help: Deployment shop/db declares 5432/TCP, 53/UDP: compare with what the program listens on
      see Deployment shop/db at the object: one of the pods
      `,
      `
      info NL542 policy-port-undeclared
      on NetworkPolicy shop/web at spec.egress.0.ports.0.port
      no pod that is a peer of the rule declares the port 3306
      help: Deployment shop/db declares 5432/TCP, 53/UDP: compare with what the program listens on
      see Deployment shop/db at the object: one of the pods
      `,
    ],
  },
  {
    name: 'silent: declared, in a range, for another protocol, the port of a Service, a name, pods that declare nothing, no pods',
    input: `
      - Deployment shop/db: { labels: { app: db }, ports: [{ containerPort: 5432 }] }
      - Deployment shop/mute: { labels: { app: mute } }
      - Service shop/db: { selector: { app: db }, ports: [{ port: 80, targetPort: 5432 }] }
      - NetworkPolicy shop/db: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: 5432 }, { port: 5000, endPort: 6000 }, { port: 5432, protocol: UDP }, { port: 80 }, { port: pg }] }] }
      - NetworkPolicy shop/mute: { podSelector: { matchLabels: { app: mute } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: 1 }] }] }
      - NetworkPolicy shop/none: { podSelector: { matchLabels: { app: none } }, policyTypes: [Ingress], ingress: [{ ports: [{ port: 1 }] }] }
      - NetworkPolicy shop/other: { podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], egress: [{ ports: [{ port: 1 }] }] }
    `,
    expected: [],
  },
]);
