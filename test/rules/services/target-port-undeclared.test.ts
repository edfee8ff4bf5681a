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
      info NL249 target-port-undeclared
      on Service shop/web at spec.ports.2.port
      no selected pod declares the port 53
      help: the selected pods declare 5353, 8080, 9090: compare with what the program listens on
      see Deployment shop/web at the object: selected: Deployment shop/web
      `,
      `
      info NL249 target-port-undeclared
      on Service shop/web at spec.ports.0.port
      no selected pod declares the port 80
      help: the port http of the pods is 8080: lead to it, by number or as targetPort: http
      see Deployment shop/web at spec.template.spec.containers.0.ports.0: port http of the pods
      `,
      `
      info NL249 target-port-undeclared
      on Service shop/web at spec.ports.1.targetPort
      no selected pod declares the port 9091
      help: the port metrics of the pods is 9090: lead to it, by number or as targetPort: metrics
      see Deployment shop/web at spec.template.spec.containers.0.ports.1: port metrics of the pods
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
