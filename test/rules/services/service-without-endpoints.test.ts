import { serviceWithoutEndpoints } from '../../../lib/rules/services/service-without-endpoints';
import { testRule } from '../expectations';

testRule(serviceWithoutEndpoints, [
  {
    name: 'neither selector nor endpoints',
    input: `
      - Service shop/db: { ports: [{ port: 5432 }] }
      - Service shop/empty: { selector: {}, ports: [{ port: 5432 }] }
      - Endpoints data/db: { subsets: [] }
    `,
    expected: [
      `
      info NL248 service-without-endpoints
      on Service shop/db at spec
      the Service has no selector, and no Endpoints or EndpointSlice belongs to it
      help: add a selector, or an EndpointSlice with the label kubernetes.io/service-name
      `,
      `
      info NL248 service-without-endpoints
      on Service shop/empty at spec
      the Service has no selector, and no Endpoints or EndpointSlice belongs to it
      help: add a selector, or an EndpointSlice with the label kubernetes.io/service-name
      `,
    ],
  },
  {
    name: 'silent: with one of them, an alias, and the API server',
    input: `
      - Service shop/a: { selector: { app: a }, ports: [{ port: 5432 }] }
      - Service shop/b: { ports: [{ port: 5432 }] }
      - Endpoints shop/b: { subsets: [] }
      - Service shop/c: { ports: [{ port: 5432 }] }
      - EndpointSlice shop/c-1: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: c }
      - Service shop/d: { type: ExternalName, externalName: db.example.com }
      - Service default/kubernetes: { ports: [{ port: 443 }] }
    `,
    expected: [],
  },
]);
