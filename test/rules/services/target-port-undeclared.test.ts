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
