import { targetPortUndeclared } from '../../../lib/rules/services/target-port-undeclared';
import { testRule } from '../expectations';

testRule(targetPortUndeclared, [
  {
    name: 'a number that the pods do not declare',
    input: `
      - Service shop/web: { selector: { app: web }, ports: [{ name: a, port: 80, targetPort: 8081 }, { name: b, port: 9090 }, { name: c, port: 81, targetPort: 8080 }] }
      - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 8443 }, { containerPort: 8080 }] }
    `,
    expected: [
      `
      info NL249 target-port-undeclared
      on Service shop/web at spec.ports.0.targetPort
      no selected pod declares the port 8081
      help: the selected pods declare 8080, 8443: compare with what the program listens on
      see Deployment shop/web at the object: selected: Deployment shop/web
      `,
      `
      info NL249 target-port-undeclared
      on Service shop/web at spec.ports.1.port
      no selected pod declares the port 9090
      help: the selected pods declare 8080, 8443: compare with what the program listens on
      see Deployment shop/web at the object: selected: Deployment shop/web
      `,
    ],
  },
  {
    name: 'a number that is not the one of the port of that name',
    input: `
      - Service shop/web: { selector: { app: web }, ports: [{ name: http, port: 80 }, { name: metrics, port: 90, targetPort: 9091 }, { name: dns, port: 53 }] }
      - Deployment shop/web: { labels: { app: web }, ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9090 }, { name: dns, containerPort: 5353, protocol: UDP }] }
    `,
    expected: [
      `
      warning NL249 target-port-undeclared
      on Service shop/web at spec.ports.0.port
      no selected pod declares the port 80
      help: the port http of the pods is 8080: lead to it, by number or as targetPort: http
      see Deployment shop/web at spec.template.spec.containers.0.ports.0: port http of the pods
      `,
      `
      warning NL249 target-port-undeclared
      on Service shop/web at spec.ports.1.targetPort
      no selected pod declares the port 9091
      help: the port metrics of the pods is 9090: lead to it, by number or as targetPort: metrics
      see Deployment shop/web at spec.template.spec.containers.0.ports.1: port metrics of the pods
      `,
      `
      info NL249 target-port-undeclared
      on Service shop/web at spec.ports.2.port
      no selected pod declares the port 53
      help: the selected pods declare 5353, 8080, 9090: compare with what the program listens on
      see Deployment shop/web at the object: selected: Deployment shop/web
      `,
    ],
  },
  {
    name: 'a number that the pods declare for another protocol, unless the Service has it for both',
    input: `
      - Service shop/dns: { selector: { app: dns }, ports: [{ name: a, port: 53, protocol: UDP }, { name: b, port: 80, targetPort: 5353 }] }
      - Deployment shop/dns: { labels: { app: dns }, ports: [{ containerPort: 53 }, { containerPort: 5353, protocol: UDP }] }
      - Service shop/web: { selector: { app: web }, ports: [{ name: h2, port: 443 }, { name: h3, port: 443, protocol: UDP }] }
      - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 443 }] }
    `,
    expected: [
      `
      warning NL249 target-port-undeclared
      on Service shop/dns at spec.ports.0.port
      the selected pods declare the port 53 for TCP, and the Service leads to it for UDP
      help: set protocol to TCP, or declare the port in the containers for UDP
      see Deployment shop/dns at the object: selected: Deployment shop/dns
      `,
      `
      warning NL249 target-port-undeclared
      on Service shop/dns at spec.ports.1.targetPort
      the selected pods declare the port 5353 for UDP, and the Service leads to it for TCP
      help: set protocol to UDP, or declare the port in the containers for TCP
      see Deployment shop/dns at the object: selected: Deployment shop/dns
      `,
    ],
  },
  {
    name: 'a warning where the pods declare exactly one, to which no port of the Service leads, and which is not one of operation',
    input: `
      - Service shop/a: { selector: { app: a }, ports: [{ port: 80, targetPort: 8081 }] }
      - Deployment shop/a: { labels: { app: a }, ports: [{ containerPort: 8080 }] }
      - Service shop/b: { selector: { app: b }, ports: [{ name: http, port: 8080 }, { name: metrics, port: 9090 }] }
      - Deployment shop/b: { labels: { app: b }, ports: [{ containerPort: 8080 }] }
      - Service shop/c: { selector: { app: c }, ports: [{ port: 80 }] }
      - Deployment shop/c: { labels: { app: c }, ports: [{ name: http-metrics, containerPort: 9090 }] }
    `,
    expected: [
      `
      warning NL249 target-port-undeclared
      on Service shop/a at spec.ports.0.targetPort
      no selected pod declares the port 8081
      help: the selected pods declare 8080: compare with what the program listens on
      see Deployment shop/a at the object: selected: Deployment shop/a
      `,
      `
      info NL249 target-port-undeclared
      on Service shop/b at spec.ports.1.port
      no selected pod declares the port 9090
      help: the selected pods declare 8080: compare with what the program listens on
      see Deployment shop/b at the object: selected: Deployment shop/b
      `,
      `
      info NL249 target-port-undeclared
      on Service shop/c at spec.ports.0.port
      no selected pod declares the port 80
      help: the selected pods declare 9090: compare with what the program listens on
      see Deployment shop/c at the object: selected: Deployment shop/c
      `,
    ],
  },
  {
    name: 'silent: declared, named, headless, pods that declare nothing, no pods',
    input: `
      - Service shop/a: { selector: { app: web }, ports: [{ name: a, port: 8080 }, { name: b, port: 80, targetPort: nonsense }] }
      - Service shop/b: { clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }
      - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
      - Service shop/c: { selector: { app: mute }, ports: [{ port: 80 }] }
      - Deployment shop/mute: { labels: { app: mute } }
      - Service shop/d: { selector: { app: none }, ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
