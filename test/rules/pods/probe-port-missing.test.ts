import { probePortMissing } from '../../../lib/rules/pods/probe-port-missing';
import { testRule } from '../expectations';

const CONTAINERS = 'spec.template.spec.containers';

testRule(probePortMissing, [
  {
    name: 'no port, and a number that is none',
    input: `
      - Deployment shop/web:
          containers:
            - { readinessProbe: { httpGet: { path: / } }, livenessProbe: { tcpSocket: { port: 0 } }, startupProbe: { grpc: {} } }
            - { readinessProbe: { grpc: { port: http } }, livenessProbe: { grpc: { port: 80 } }, ports: [{ name: http, containerPort: 80 }] }
            - { readinessProbe: { httpGet: null }, livenessProbe: { tcpSocket: { port: 65535 } } }
    `,
    expected: [
      `
      error NL535 probe-port-missing
      on Deployment shop/web at ${CONTAINERS}.0.startupProbe.grpc
      grpc has no port
      help: write a number from 1 to 65535
      `,
      `
      error NL535 probe-port-missing
      on Deployment shop/web at ${CONTAINERS}.0.readinessProbe.httpGet
      httpGet has no port
      help: write a number from 1 to 65535, or the name of a port of the container
      `,
      `
      error NL535 probe-port-missing
      on Deployment shop/web at ${CONTAINERS}.1.readinessProbe.grpc
      the port is "http"
      help: write a number from 1 to 65535
      `,
      `
      error NL535 probe-port-missing
      on Deployment shop/web at ${CONTAINERS}.0.livenessProbe.tcpSocket
      the port is 0
      help: write a number from 1 to 65535, or the name of a port of the container
      `,
    ],
  },
  {
    name: 'a name that another container has, a number in quotes, and a name where there are none',
    input: `
      - Deployment shop/web:
          containers:
            - { ports: [{ name: http, containerPort: 80 }], readinessProbe: { httpGet: { port: metrics } } }
            - { ports: [{ name: metrics, containerPort: 90 }], livenessProbe: { tcpSocket: { port: '90' } } }
            - { lifecycle: { preStop: { httpGet: { port: http } } } }
    `,
    expected: [
      `
      error NL535 probe-port-missing
      on Deployment shop/web at ${CONTAINERS}.1.livenessProbe.tcpSocket.port
      the container has no port named "90"
      help: write the number without quotes: a text is the name of a port
      `,
      `
      error NL535 probe-port-missing
      on Deployment shop/web at ${CONTAINERS}.2.lifecycle.preStop.httpGet.port
      the container has no port named "http"
      help: name the port in the ports of the container, or write its number
      `,
      `
      error NL535 probe-port-missing
      on Deployment shop/web at ${CONTAINERS}.0.readinessProbe.httpGet.port
      the container has no port named "metrics"
      help: it has http
      `,
    ],
  },
  {
    name: 'silent: names that are there, and numbers',
    input: `
      - Pod shop/web:
          containers:
            - ports: [{ name: http, containerPort: 80 }]
              startupProbe: { httpGet: { port: http } }
              livenessProbe: { tcpSocket: { port: 9999 } }
              readinessProbe: { exec: { command: [ls] } }
    `,
    expected: [],
  },
]);
