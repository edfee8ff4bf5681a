import { targetPortMissing } from '../../../lib/rules/services/target-port-missing';
import { testRule } from '../expectations';

testRule(targetPortMissing, [
  {
    name: 'a name that the pods do not have',
    input: `
      - Deployment shop/web: { labels: { app: web }, ports: [{ name: http, containerPort: 8080 }, { containerPort: 9090 }] }
      - Service shop/web: { selector: { app: web }, ports: [{ name: a, port: 80, targetPort: http }, { name: b, port: 81, targetPort: https }] }
    `,
    expected: [
      `
      error NL211 target-port-missing
      on Service shop/web at spec.ports.1.targetPort
      no selected pod has a TCP port named https
      help: Deployment shop/web has the ports http (8080/TCP), unnamed (9090/TCP)
      see Deployment shop/web at the object: selected: Deployment shop/web
      `,
    ],
  },
  {
    name: 'the name with another protocol',
    input: `
      - Pod shop/dns: { labels: { app: dns }, ports: [{ name: dns, containerPort: 53 }] }
      - Service shop/dns: { selector: { app: dns }, ports: [{ port: 53, protocol: UDP, targetPort: dns }] }
    `,
    expected: [
      `
      error NL211 target-port-missing
      on Service shop/dns at spec.ports.0.targetPort
      no selected pod has a UDP port named dns
      help: Pod shop/dns has the ports dns (53/TCP)
      see Pod shop/dns at the object: selected: Pod shop/dns
      `,
    ],
  },
  {
    name: 'a name that some of the pods lack; workers without ports are silent',
    input: `
      - Deployment shop/a: { labels: { app: web, part: a }, ports: [{ name: http, containerPort: 8080 }] }
      - Deployment shop/b: { labels: { app: web, part: b }, ports: [{ name: web, containerPort: 8080 }] }
      - Deployment shop/c: { labels: { app: api, part: c }, ports: [{ name: http, containerPort: 8080 }] }
      - Deployment shop/d: { labels: { app: api, part: d } }
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
      - Service shop/api: { selector: { app: api }, ports: [{ port: 80, targetPort: http }] }
    `,
    expected: [
      `
      warning NL211 target-port-missing
      on Service shop/web at spec.ports.0.targetPort
      Deployment shop/b is selected and has no TCP port named http, so that it gets no connections
      help: it has the ports web (8080/TCP): name the port in all of the selected pods, or select fewer
      see Deployment shop/b at the object: selected, and left out
      `,
    ],
  },
  {
    name: 'a port of an init container that ends before the pod serves',
    input: `
      - Pod shop/web:
          labels: { app: web }
          initContainers: [{ name: setup, ports: [{ name: http, containerPort: 8080 }] }]
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
    `,
    expected: [
      `
      error NL211 target-port-missing
      on Service shop/web at spec.ports.0.targetPort
      no selected pod has a TCP port named http
      help: Pod shop/web has no ports: name one in its containers
      see Pod shop/web at the object: selected: Pod shop/web
      `,
    ],
  },
  {
    name: 'silent: a port of a sidecar',
    input: `
      - Pod shop/web:
          labels: { app: web }
          initContainers: [{ name: proxy, restartPolicy: Always, ports: [{ name: http, containerPort: 8080 }] }]
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
    `,
    expected: [],
  },
  {
    name: 'silent: one of the selected pods has it',
    input: `
      - Pod shop/a: { labels: { app: web } }
      - Pod shop/b: { labels: { app: web }, ports: [{ name: http, containerPort: 8080 }] }
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
    `,
    expected: [],
  },
  {
    name: 'silent: numbers, unset ones too, need no declaration',
    input: `
      - Pod shop/a: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
      - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: 8081 }, { port: 81 }, { port: 82, targetPort: 0 }] }
    `,
    expected: [],
  },
  {
    name: 'silent: headless Services, ExternalName, and Services that select nothing',
    input: `
      - Pod shop/a: { labels: { app: web } }
      - Service shop/a: { clusterIP: None, selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
      - Service shop/b: { type: ExternalName, selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
      - Service shop/c: { selector: { app: other }, ports: [{ port: 80, targetPort: http }] }
      - Service shop/d: { ports: [{ port: 80, targetPort: http }] }
    `,
    expected: [],
  },
]);
