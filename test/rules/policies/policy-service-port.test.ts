import { policyServicePort } from '../../../lib/rules/policies/policy-service-port';
import { testRule } from '../expectations';

testRule(policyServicePort, [
  {
    name: 'the port of the Service in front of the pods of the policy',
    input: `
      - Deployment shop/web: { labels: { app: web }, ports: [{ name: http, containerPort: 8080 }] }
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }, { port: 443, targetPort: 8443 }] }
      - NetworkPolicy shop/web: { podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 443 }] }, { ports: [{ port: 8080 }, { port: 80 }] }] }
    `,
    expected: [
      `
      error NL512 policy-service-port
      on NetworkPolicy shop/web at spec.ingress.0.ports.0.port
      port 443 is the port of Service shop/web; its pods listen on 8443, and a policy sees their port
      help: write port: 8443
      see Service shop/web at spec.ports.1: the port of the Service
      `,
      `
      warning NL512 policy-service-port
      on NetworkPolicy shop/web at spec.ingress.1.ports.1.port
      port 80 is the port of Service shop/web; its pods listen on 8080, and a policy sees their port
      help: write port: 8080
      see Service shop/web at spec.ports.0: the port of the Service
      `,
    ],
  },
  {
    name: 'the port of a Service in front of a peer',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - Deployment data/db: { labels: { app: db }, ports: [{ name: sql, containerPort: 5432 }] }
      - Service data/db: { selector: { app: db }, ports: [{ port: 5000, targetPort: sql }] }
      - NetworkPolicy shop/web:
          podSelector: { matchLabels: { app: web } }
          egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: data } } }], ports: [{ port: 5000 }] }]
    `,
    expected: [
      `
      error NL512 policy-service-port
      on NetworkPolicy shop/web at spec.egress.0.ports.0.port
      port 5000 is the port of Service data/db; its pods listen on sql, and a policy sees their port
      help: write port: sql
      see Service data/db at spec.ports.0: the port of the Service
      `,
    ],
  },
  {
    name: 'ports that some pod may listen on',
    input: `
      - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
      - Deployment shop/silent: { labels: { app: silent } }
      - Deployment shop/other: { labels: { app: other }, ports: [{ containerPort: 80 }] }
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }, { port: 81, protocol: UDP, targetPort: 8080 }, { port: 8082 }] }
      - Service shop/headless: { clusterIP: None, selector: { app: web }, ports: [{ port: 82, targetPort: 8080 }] }
      - Service shop/silent: { selector: { app: silent }, ports: [{ port: 80, targetPort: 8080 }] }
      - NetworkPolicy shop/all: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }
      - NetworkPolicy shop/silent: { podSelector: { matchLabels: { app: silent } }, ingress: [{ ports: [{ port: 80 }] }] }
      - NetworkPolicy shop/web: { podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 81 }, { port: 82 }, { port: 8082 }, { port: 9090 }] }] }
      - NetworkPolicy shop/range: { podSelector: { matchLabels: { app: web } }, ingress: [{ ports: [{ port: 80, endPort: 90 }, { port: http }, {}] }] }
      - NetworkPolicy shop/ignored: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], ingress: [{ ports: [{ port: 80 }] }] }
    `,
    expected: [],
  },
  {
    name: 'peers of which not all are known',
    input: `
      - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
      - NetworkPolicy shop/a: { podSelector: {}, egress: [{ ports: [{ port: 80 }] }] }
      - NetworkPolicy shop/b: { podSelector: {}, egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8 } }], ports: [{ port: 80 }] }] }
      - NetworkPolicy shop/c: { podSelector: {}, egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 80 }] }] }
    `,
    expected: [],
  },
]);
