import { servicePortDuplicate } from '../../../lib/rules/services/service-port-duplicate';
import { testRule } from '../expectations';

testRule(servicePortDuplicate, [
  {
    name: 'the same port and protocol',
    input: `
      - Service shop/web: { ports: [{ name: a, port: 80, targetPort: http }, { name: b, port: 80, protocol: TCP }, { name: c, port: 80 }] }
    `,
    expected: [
      `
      error NL233 service-port-duplicate
      on Service shop/web at spec.ports.1
      port 80/TCP is listed twice
      help: a Service sends each port to one target: remove one of them, or give it another port
      see Service shop/web at spec.ports.0: first listed here
      `,
      `
      error NL233 service-port-duplicate
      on Service shop/web at spec.ports.2
      port 80/TCP is listed twice
      help: a Service sends each port to one target: remove one of them, or give it another port
      see Service shop/web at spec.ports.0: first listed here
      `,
    ],
  },
  {
    name: 'in a headless Service too',
    input: `
      - Service shop/web: { clusterIP: None, ports: [{ name: a, port: 53, protocol: UDP }, { name: b, port: 53, protocol: UDP }] }
    `,
    expected: [
      `
      error NL233 service-port-duplicate
      on Service shop/web at spec.ports.1
      port 53/UDP is listed twice
      help: a Service sends each port to one target: remove one of them, or give it another port
      see Service shop/web at spec.ports.0: first listed here
      `,
    ],
  },
  {
    name: 'silent: another protocol, another port',
    input: `
      - Service shop/web: { ports: [{ name: a, port: 53, protocol: UDP }, { name: b, port: 53, protocol: TCP }, { name: c, port: 54 }] }
    `,
    expected: [],
  },
]);
