import { containerPortInvalid } from '../../../lib/rules/pods/container-port-invalid';
import { testRule } from '../expectations';

function error(field: string, message: string, help: string): string {
  return `
      error NL533 container-port-invalid
      on Pod shop/web at spec.containers.0.ports.${field}
      ${message}
      help: ${help}
      `;
}

const NAME_HELP =
  'use at most 15 lower-case letters, digits and single hyphens, at least one letter, no hyphen first or last';
const RANGE_HELP = (name: string): string => `set ${name} to a whole number from 1 to 65535`;

testRule(containerPortInvalid, [
  {
    name: 'numbers',
    input: `
      - Pod shop/web: { ports: [{ containerPort: 70000 }, { containerPort: '80' }, {}, { containerPort: 80, hostPort: 99999 }] }
    `,
    expected: [
      error('0.containerPort', 'containerPort is 70000, which is not a port', RANGE_HELP('containerPort')),
      error('1.containerPort', 'containerPort is the string "80"', 'write the number without quotes'),
      error('3.hostPort', 'hostPort is 99999, which is not a port', RANGE_HELP('hostPort')),
      error('2', 'the port has no containerPort', 'set containerPort to a number from 1 to 65535'),
    ],
  },
  {
    name: 'names, protocols and addresses',
    input: `
      - Pod shop/web:
          ports:
            - { name: HTTP, containerPort: 80 }
            - { name: a, containerPort: 81, protocol: udp }
            - { name: a, containerPort: 82, hostIP: 300.1.1.1 }
    `,
    expected: [
      error('2.name', 'another port of the container has the name "a" too', 'give each port a name of its own'),
      error('2.hostIP', 'hostIP: 300.1.1.1 has the octet 300, above 255', 'write four decimal octets from 0 to 255'),
      error('1.protocol', 'protocol is "udp", and must be TCP, UDP or SCTP', 'write UDP'),
      error('0.name', 'the port name "HTTP" is none that a container port can have', NAME_HELP),
    ],
  },
  {
    name: 'in the network of the node both are one port',
    input: `
      - Pod shop/web: { hostNetwork: true, ports: [{ containerPort: 80, hostPort: 8080 }] }
    `,
    expected: [
      error(
        '0.hostPort',
        'hostPort is 8080 and containerPort 80, and with hostNetwork they are one port',
        'leave hostPort out, or make them equal',
      ),
    ],
  },
  {
    name: 'silent: what is right, one name in two containers, and controllers of others',
    input: `
      - Pod shop/web:
          containers:
            - { ports: [{ name: http, containerPort: 80, hostPort: 0, hostIP: '::1', protocol: SCTP }] }
            - { ports: [{ name: http, containerPort: 81 }] }
      - manifest:
          apiVersion: example.com/v1
          kind: Web
          metadata: { name: web }
          spec: { template: { spec: { containers: [{ ports: [{ containerPort: auto }] }] } } }
    `,
    expected: [],
  },
]);
