import { serviceName } from '../../../lib/rules/services/service-name';
import { testRule } from '../expectations';

testRule(serviceName, [
  {
    name: 'names that are no DNS label',
    input: `
      - Service shop/3scale: { ports: [{ port: 80 }] }
      - Service shop/Web: { ports: [{ port: 80 }] }
      - Service shop/web-: { ports: [{ port: 80 }] }
      - Service shop/web.api: { ports: [{ port: 80 }] }
      - Service shop/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: { ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL230 service-name
      on Service shop/3scale at metadata.name
      the Service name "3scale" starts with a digit, which Kubernetes refuses before 1.36
      help: start the name with a letter
      `,
      `
      error NL230 service-name
      on Service shop/Web at metadata.name
      the Service name "Web" is not a DNS label
      help: use at most 63 lower-case letters, digits and hyphens, a letter first, no hyphen last
      `,
      `
      error NL230 service-name
      on Service shop/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa at metadata.name
      the Service name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 64 characters, and a DNS label has at most 63
      help: use at most 63 lower-case letters, digits and hyphens, a letter first, no hyphen last
      `,
      `
      error NL230 service-name
      on Service shop/web- at metadata.name
      the Service name "web-" is not a DNS label
      help: use at most 63 lower-case letters, digits and hyphens, a letter first, no hyphen last
      `,
      `
      error NL230 service-name
      on Service shop/web.api at metadata.name
      the Service name "web.api" is not a DNS label
      help: use at most 63 lower-case letters, digits and hyphens, a letter first, no hyphen last
      `,
    ],
  },
  {
    name: 'a digit first is still refused by 1.35',
    input: `
      - Service shop/3scale: { ports: [{ port: 80 }] }
    `,
    facts: { kubernetesVersion: 'v1.35.2' },
    expected: [
      `
      error NL230 service-name
      on Service shop/3scale at metadata.name
      the Service name "3scale" starts with a digit, which Kubernetes refuses before 1.36
      help: start the name with a letter
      `,
    ],
  },
  {
    name: 'silent: DNS labels of up to 63 characters',
    input: `
      - Service shop/web: { ports: [{ port: 80 }] }
      - Service shop/w3-b: { ports: [{ port: 80 }] }
      - Service shop/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: { ports: [{ port: 80 }] }
    `,
    expected: [],
  },
  {
    name: 'silent: a digit first, for a version that takes it',
    input: `
      - Service shop/3scale: { ports: [{ port: 80 }] }
    `,
    facts: { kubernetesVersion: '1.36' },
    expected: [],
  },
]);
