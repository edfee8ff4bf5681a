import { nodePortConflict } from '../../../lib/rules/services/node-port-conflict';
import { testRule } from '../expectations';

const HELP =
  'help: a node port is one number for the whole cluster, whatever the protocol: choose another one, or leave it out and let the cluster choose';

testRule(nodePortConflict, [
  {
    name: 'two Services, even with different protocols',
    input: `
      - Service dns/a: { type: NodePort, ports: [{ port: 53, protocol: TCP, nodePort: 30053 }] }
      - Service dns/b: { type: NodePort, ports: [{ port: 53, protocol: UDP, nodePort: 30053 }] }
    `,
    expected: [
      `
      error NL202 node-port-conflict
      on Service dns/b at spec.ports.0.nodePort
      node port 30053 is also used by Service dns/a
      ${HELP}
      see Service dns/a at spec.ports.0.nodePort: first used here
      `,
    ],
  },
  {
    name: 'silent: TCP, UDP and SCTP of one port of one Service',
    input: `
      - Service dns/a:
          type: NodePort
          ports:
            - { name: udp, port: 53, protocol: UDP, nodePort: 30053 }
            - { name: tcp, port: 53, nodePort: 30053 }
            - { name: sctp, port: 53, protocol: SCTP, nodePort: 30053 }
    `,
    expected: [],
  },
  {
    name: 'one Service, but different port numbers',
    input: `
      - Service dns/a:
          type: NodePort
          ports:
            - { name: udp, port: 53, protocol: UDP, nodePort: 30053 }
            - { name: tcp, port: 5353, protocol: TCP, nodePort: 30053 }
    `,
    expected: [
      `
      error NL202 node-port-conflict
      on Service dns/a at spec.ports.1.nodePort
      node port 30053 is used twice in this Service
      ${HELP}
      see Service dns/a at spec.ports.0.nodePort: first used here
      `,
    ],
  },
  {
    name: 'one Service, one port, but one protocol for the second time',
    input: `
      - Service dns/a:
          type: NodePort
          ports:
            - { name: udp, port: 53, protocol: UDP, nodePort: 30053 }
            - { name: tcp, port: 53, protocol: TCP, nodePort: 30053 }
            - { name: again, port: 53, protocol: TCP, nodePort: 30053 }
    `,
    expected: [
      `
      error NL202 node-port-conflict
      on Service dns/a at spec.ports.2.nodePort
      node port 30053 is used twice in this Service
      ${HELP}
      see Service dns/a at spec.ports.0.nodePort: first used here
      `,
    ],
  },
  {
    name: 'a health check node port and a node port, of one Service and of two',
    input: `
      - Service shop/a:
          type: LoadBalancer
          externalTrafficPolicy: Local
          healthCheckNodePort: 30080
          ports: [{ port: 80, nodePort: 30080 }]
      - Service shop/b: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }
    `,
    expected: [
      `
      error NL202 node-port-conflict
      on Service shop/a at spec.healthCheckNodePort
      node port 30080 is used twice in this Service
      ${HELP}
      see Service shop/a at spec.ports.0.nodePort: first used here
      `,
      `
      error NL202 node-port-conflict
      on Service shop/b at spec.ports.0.nodePort
      node port 30080 is also used by Service shop/a
      ${HELP}
      see Service shop/a at spec.ports.0.nodePort: first used here
      `,
    ],
  },
  {
    name: 'two health check node ports',
    input: `
      - Service shop/a: { type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30080 }
      - Service shop/b: { type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30080 }
    `,
    expected: [
      `
      error NL202 node-port-conflict
      on Service shop/b at spec.healthCheckNodePort
      node port 30080 is also used by Service shop/a
      ${HELP}
      see Service shop/a at spec.healthCheckNodePort: first used here
      `,
    ],
  },
  {
    name: 'silent: unset node ports, and types without node ports',
    input: `
      - Service shop/a: { type: NodePort, ports: [{ port: 80, nodePort: 0 }, { port: 81, nodePort: 0 }] }
      - Service shop/b: { type: NodePort, ports: [{ port: 80 }] }
      - Service shop/c: { type: ExternalName, externalName: example.com, ports: [{ port: 80, nodePort: 30080 }] }
      - Service shop/d: { type: NodePort, ports: [{ port: 80, nodePort: 30080 }] }
    `,
    expected: [],
  },
]);
