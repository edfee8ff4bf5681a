import { endpointsWithoutService } from '../../../lib/rules/services/endpoints-without-service';
import { testRule } from '../expectations';

testRule(endpointsWithoutService, [
  {
    name: 'no Service of the name',
    input: `
      - Endpoints shop/db-external: { subsets: [{ addresses: [{ ip: 192.0.2.50 }] }] }
      - EndpointSlice shop/db-1: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: db }
    `,
    expected: [
      `
      warning NL246 endpoints-without-service
      on EndpointSlice shop/db-1 at metadata.labels.kubernetes.io/service-name
      there is no Service shop/db
      help: add a Service of that name without selector, or remove the endpoints
      `,
      `
      warning NL246 endpoints-without-service
      on Endpoints shop/db-external at metadata.name
      there is no Service shop/db-external
      help: add a Service of that name without selector, or remove the endpoints
      `,
    ],
  },
  {
    name: 'a similar name, and the name in another namespace',
    input: `
      - Endpoints shop/postgers: { subsets: [] }
      - Service shop/postgres: { ports: [{ port: 5432 }] }
      - Endpoints shop/cache: { subsets: [] }
      - Service data/cache: { ports: [{ port: 6379 }] }
    `,
    expected: [
      `
      warning NL246 endpoints-without-service
      on Endpoints shop/cache at metadata.name
      there is no Service shop/cache
      help: endpoints belong to a Service of their own namespace: there is one of that name in data
      `,
      `
      warning NL246 endpoints-without-service
      on Endpoints shop/postgers at metadata.name
      there is no Service shop/postgers
      help: did you mean Service shop/postgres?
      see Service shop/postgres at metadata.name: a similar name
      `,
    ],
  },
  {
    name: 'a slice without the label',
    input: `
      - EndpointSlice shop/db-1: { addressType: IPv4, endpoints: [] }
    `,
    expected: [
      `
      warning NL246 endpoints-without-service
      on EndpointSlice shop/db-1 at metadata
      the EndpointSlice has no label kubernetes.io/service-name, so that it belongs to no Service
      help: set the label to the name of the Service
      `,
    ],
  },
  {
    name: 'silent: with their Service, of the API server, and the lock of a leader election',
    input: `
      - Endpoints shop/db: { subsets: [] }
      - EndpointSlice shop/db-1: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: db }
      - Service shop/db: { ports: [{ port: 5432 }] }
      - Endpoints default/kubernetes: { subsets: [] }
      - Endpoints kube-system/controller: {}
        annotations: { control-plane.alpha.kubernetes.io/leader: '{}' }
    `,
    expected: [],
  },
]);
