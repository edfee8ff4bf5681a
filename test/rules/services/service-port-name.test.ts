import { servicePortName } from '../../../lib/rules/services/service-port-name';
import { testRule } from '../expectations';

testRule(servicePortName, [
  {
    name: 'several ports without names',
    input: `
      - Service shop/web: { ports: [{ port: 80 }, { name: '', port: 81 }, { name: b, port: 82 }] }
    `,
    expected: [
      `
      error NL232 service-port-name
      on Service shop/web at spec.ports.0
      the port has no name, and the Service has 3 ports
      help: name every port
      `,
      `
      error NL232 service-port-name
      on Service shop/web at spec.ports.1
      the port has no name, and the Service has 3 ports
      help: name every port
      `,
    ],
  },
  {
    name: 'the same name twice',
    input: `
      - Service shop/web: { ports: [{ name: http, port: 80 }, { name: http, port: 81 }] }
    `,
    expected: [
      `
      error NL232 service-port-name
      on Service shop/web at spec.ports.1.name
      another port has the name "http" too
      help: give each port a name of its own
      `,
    ],
  },
  {
    name: 'names that are no DNS label',
    input: `
      - Service shop/web: { ports: [{ name: HTTP, port: 80 }, { name: a_b, port: 81 }, { name: 8080, port: 82 }, { name: -a, port: 83 }] }
    `,
    expected: [
      `
      error NL232 service-port-name
      on Service shop/web at spec.ports.3.name
      the port name "-a" is not a DNS label
      help: use lower-case letters, digits and hyphens, a letter or digit first and last, and at most 15 of them if an Ingress is to refer to it
      `,
      `
      error NL232 service-port-name
      on Service shop/web at spec.ports.0.name
      the port name "HTTP" is not a DNS label
      help: use lower-case letters, digits and hyphens, a letter or digit first and last, and at most 15 of them if an Ingress is to refer to it
      `,
      `
      error NL232 service-port-name
      on Service shop/web at spec.ports.1.name
      the port name "a_b" is not a DNS label
      help: use lower-case letters, digits and hyphens, a letter or digit first and last, and at most 15 of them if an Ingress is to refer to it
      `,
      `
      error NL232 service-port-name
      on Service shop/web at spec.ports.2.name
      the port name 8080 is not a DNS label
      help: use lower-case letters, digits and hyphens, a letter or digit first and last, and at most 15 of them if an Ingress is to refer to it
      `,
    ],
  },
  {
    name: 'one port with a bad name',
    input: `
      - Service shop/web: { ports: [{ name: my.port, port: 80 }] }
    `,
    expected: [
      `
      error NL232 service-port-name
      on Service shop/web at spec.ports.0.name
      the port name "my.port" is not a DNS label
      help: use lower-case letters, digits and hyphens, a letter or digit first and last, and at most 15 of them if an Ingress is to refer to it
      `,
    ],
  },
  {
    name: 'silent: one port without a name, several with names, also long ones',
    input: `
      - Service shop/a: { ports: [{ port: 80 }] }
      - Service shop/b: { ports: [{ name: http, port: 80 }, { name: 8-a-name-of-more-than-15-characters, port: 81 }] }
    `,
    expected: [],
  },
]);
