import { containerPortTwice } from '../../../lib/rules/pods/container-port-twice';
import { testRule } from '../expectations';

testRule(containerPortTwice, [
  {
    name: 'in one container, and in two of a pod',
    input: `
      - Deployment shop/web:
          containers:
            - { ports: [{ name: a, containerPort: 80 }, { name: b, containerPort: 80 }] }
            - { ports: [{ containerPort: 80 }] }
    `,
    expected: ['0.ports.1', '1.ports.0'].map(
      (place) => `
      warning NL534 container-port-twice
      on Deployment shop/web at spec.template.spec.containers.${place}
      port 80/TCP is listed twice in the pod
      help: the containers of a pod share one network: list the port once, or let one of them use another
      see Deployment shop/web at spec.template.spec.containers.0.ports.0: first listed here
      `,
    ),
  },
  {
    name: 'silent: other protocols, other host ports and addresses, and what ran before',
    input: `
      - Deployment shop/web:
          initContainers: [{ ports: [{ containerPort: 80 }] }]
          containers:
            - ports:
                - { containerPort: 80 }
                - { containerPort: 80, protocol: UDP }
                - { containerPort: 80, hostPort: 8080, hostIP: 127.0.0.1 }
                - { containerPort: 80, hostPort: 8080, hostIP: '::1' }
                - { containerPort: 80, hostPort: 8081 }
                - { containerPort: x }
    `,
    expected: [],
  },
]);
