import { externalName } from '../../../lib/rules/dns/external-name';
import { testRule } from '../expectations';

testRule(externalName, [
  {
    name: 'URLs, ports and paths',
    input: `
      - Service shop/a: { type: ExternalName, externalName: https://db.example.com/ }
      - Service shop/b: { type: ExternalName, externalName: db.example.com:5432 }
      - Service shop/c: { type: ExternalName, externalName: DB.example.com }
      - Service shop/d: { type: ExternalName, externalName: 'my db' }
    `,
    expected: [
      `
      error NL301 external-name
      on Service shop/a at spec.externalName
      externalName "https://db.example.com/" is not a DNS name
      help: write db.example.com: a scheme, a port or a path cannot be part of it
      `,
      `
      error NL301 external-name
      on Service shop/b at spec.externalName
      externalName "db.example.com:5432" is not a DNS name
      help: write db.example.com: a scheme, a port or a path cannot be part of it
      `,
      `
      error NL301 external-name
      on Service shop/c at spec.externalName
      externalName "DB.example.com" is not a DNS name
      help: write db.example.com
      `,
      `
      error NL301 external-name
      on Service shop/d at spec.externalName
      externalName "my db" is not a DNS name
      help: write a DNS name in lower case, without scheme, port and path
      `,
    ],
  },
  {
    name: 'addresses',
    input: `
      - Service shop/a: { type: ExternalName, externalName: 192.0.2.50 }
      - Service shop/b: { type: ExternalName, externalName: '2001:db8::1' }
      - Service shop/c: { type: ExternalName, externalName: '[2001:db8::1]' }
      - Service shop/d: { type: ExternalName, externalName: 192.000.2.050 }
    `,
    expected: [
      `
      error NL301 external-name
      on Service shop/a at spec.externalName
      externalName "192.0.2.50" is an IP address, and an alias needs a DNS name
      help: use a Service without selector and an EndpointSlice with the address
      `,
      `
      error NL301 external-name
      on Service shop/b at spec.externalName
      externalName "2001:db8::1" is an IP address, and an alias needs a DNS name
      help: use a Service without selector and an EndpointSlice with the address
      `,
      `
      error NL301 external-name
      on Service shop/c at spec.externalName
      externalName "[2001:db8::1]" is an IP address, and an alias needs a DNS name
      help: use a Service without selector and an EndpointSlice with the address
      `,
      `
      error NL301 external-name
      on Service shop/d at spec.externalName
      externalName "192.000.2.050" is an IP address, and an alias needs a DNS name
      help: use a Service without selector and an EndpointSlice with the address
      `,
    ],
  },
  {
    name: 'nothing, or not a text',
    input: `
      - Service shop/a: { type: ExternalName }
      - Service shop/b: { type: ExternalName, externalName: '' }
      - Service shop/c: { type: ExternalName, externalName: 5 }
    `,
    expected: [
      `
      error NL301 external-name
      on Service shop/a at spec
      the ExternalName Service has no externalName
      help: set externalName to the DNS name that the Service is an alias of
      `,
      `
      error NL301 external-name
      on Service shop/b at spec
      the ExternalName Service has no externalName
      help: set externalName to the DNS name that the Service is an alias of
      `,
      `
      error NL301 external-name
      on Service shop/c at spec.externalName
      externalName is 5
      help: write a DNS name such as db.example.com
      `,
    ],
  },
  {
    name: 'silent: DNS names, and other types',
    input: `
      - Service shop/a: { type: ExternalName, externalName: db.example.com }
      - Service shop/b: { type: ExternalName, externalName: db.example.com. }
      - Service shop/c: { externalName: https://db.example.com/, ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
