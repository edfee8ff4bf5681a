import { servicePortValue } from '../../../lib/rules/services/service-port-value';
import { testRule } from '../expectations';

const TO_A_PORT = 'set healthCheckNodePort to a whole number from 1 to 65535';

testRule(servicePortValue, [
  {
    name: 'a Service without ports',
    input: `
      - Service shop/a: { selector: { app: web } }
      - Service shop/b: { type: NodePort, ports: [] }
      - Service shop/c: { type: LoadBalancer, ports: null }
    `,
    expected: [
      `
      error NL231 service-port-value
      on Service shop/a at spec
      the Service has no ports
      help: list at least one; only headless and ExternalName Services can do without
      `,
      `
      error NL231 service-port-value
      on Service shop/b at spec
      the Service has no ports
      help: list at least one; only headless and ExternalName Services can do without
      `,
      `
      error NL231 service-port-value
      on Service shop/c at spec
      the Service has no ports
      help: list at least one; only headless and ExternalName Services can do without
      `,
    ],
  },
  {
    name: 'numbers that are no port',
    input: `
      - Service shop/web: { ports: [{ name: a }, { port: 0 }, { port: 65536 }, { port: 80.5 }, { port: true }, { port: "80" }] }
    `,
    expected: [
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.1.port
      port is 0, which is not a whole number from 1 to 65535
      help: set port to a whole number from 1 to 65535
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.2.port
      port is 65536, which is not a whole number from 1 to 65535
      help: set port to a whole number from 1 to 65535
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.3.port
      port is 80.5, which is not a whole number from 1 to 65535
      help: set port to a whole number from 1 to 65535
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.5.port
      port is the string "80"
      help: write the number without quotes
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.4.port
      port is true, which is not a whole number from 1 to 65535
      help: set port to a whole number from 1 to 65535
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.0
      the port has no number
      help: set port to a whole number from 1 to 65535
      `,
    ],
  },
  {
    name: 'node ports and target ports that are no port',
    input: `
      - Service shop/web:
          type: NodePort
          ports: [{ port: 80, nodePort: -1, targetPort: 70000 }, { port: 81, nodePort: "30080", targetPort: "8080" }, { port: 82, targetPort: http_web }, { port: 83, targetPort: a-name-of-16-chr }, { port: 84, targetPort: [] }]
    `,
    expected: [
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.0.nodePort
      nodePort is -1, which is not a whole number from 1 to 65535
      help: set nodePort to a whole number from 1 to 65535
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.1.nodePort
      nodePort is the string "30080"
      help: write the number without quotes
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.1.targetPort
      targetPort "8080" is not the name of a port
      help: write the number without quotes
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.3.targetPort
      targetPort "a-name-of-16-chr" is not the name of a port
      help: use at most 15 lower-case letters, digits and single hyphens, at least one letter, no hyphen first or last
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.2.targetPort
      targetPort "http_web" is not the name of a port
      help: use at most 15 lower-case letters, digits and single hyphens, at least one letter, no hyphen first or last
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.0.targetPort
      targetPort is 70000, which is not a whole number from 1 to 65535
      help: set targetPort to a whole number from 1 to 65535
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.4.targetPort
      targetPort is a list, which is not a whole number from 1 to 65535
      help: set targetPort to a whole number from 1 to 65535
      `,
    ],
  },
  {
    name: 'protocols and application protocols',
    input: `
      - Service shop/web: { ports: [{ port: 80, protocol: tcp }, { port: 81, protocol: HTTP }, { port: 82, protocol: 6 }, { port: 83, appProtocol: "http/1.1/x" }, { port: 84, appProtocol: 2 }] }
    `,
    expected: [
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.3.appProtocol
      appProtocol is "http/1.1/x", which is not a qualified name
      help: use a name such as http, or one with a domain in front, such as kubernetes.io/h2c
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.4.appProtocol
      appProtocol is 2, which is not a qualified name
      help: use a name such as http, or one with a domain in front, such as kubernetes.io/h2c
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.1.protocol
      protocol is "HTTP", and must be TCP, UDP or SCTP
      help: leave it out for TCP
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.0.protocol
      protocol is "tcp", and must be TCP, UDP or SCTP
      help: write TCP
      `,
      `
      error NL231 service-port-value
      on Service shop/web at spec.ports.2.protocol
      protocol is 6, and must be TCP, UDP or SCTP
      help: leave it out for TCP
      `,
    ],
  },
  {
    name: 'the port of the health checks',
    input: `
      - Service shop/a: { type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: '30999', ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 65536, ports: [{ port: 80 }] }
      - Service shop/c: { type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: -1, ports: [{ port: 80 }] }
      - Service shop/d: { type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30999, ports: [{ port: 80 }] }
      - Service shop/e: { healthCheckNodePort: 0, ports: [{ port: 80 }] }
    `,
    expected: [
      ['a', 'healthCheckNodePort is the string "30999"', 'write the number without quotes'],
      ['b', 'healthCheckNodePort is 65536, which is not a whole number from 1 to 65535', TO_A_PORT],
      ['c', 'healthCheckNodePort is -1, which is not a whole number from 1 to 65535', TO_A_PORT],
    ].map(
      ([name, message, help]) => `
      error NL231 service-port-value
      on Service shop/${name} at spec.healthCheckNodePort
      ${message}
      help: ${help}
      `,
    ),
  },
  {
    name: 'silent: what the API server takes',
    input: `
      - Service shop/a: { ports: [{ port: 1, protocol: UDP, targetPort: http-web, appProtocol: kubernetes.io/h2c }, { port: 65535, protocol: SCTP, targetPort: 65535, nodePort: 0 }] }
      - Service shop/b: { clusterIP: None }
      - Service shop/c: { type: ExternalName, externalName: db.example.com }
      - Service shop/d: { ports: [{ port: 80, protocol: '', targetPort: '', nodePort: null }] }
      - Service shop/e: { ports: [{ port: 80, targetPort: 0 }] }
    `,
    expected: [],
  },
]);
