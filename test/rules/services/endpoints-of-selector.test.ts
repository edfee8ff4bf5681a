import { endpointsOfSelector } from '../../../lib/rules/services/endpoints-of-selector';
import { testRule } from '../expectations';

testRule(endpointsOfSelector, [
  {
    name: 'Endpoints beside a selector',
    input: `
      - Service shop/db: { selector: { app: db }, ports: [{ port: 5432 }] }
      - Endpoints shop/db: { subsets: [{ addresses: [{ ip: 192.0.2.7 }], ports: [{ port: 5432 }] }] }
    `,
    expected: [
      `
      warning NL213 endpoints-of-selector
      on Endpoints shop/db at subsets
      the Service of these Endpoints has a selector, so that Kubernetes replaces them by the pods that it selects
      help: remove the selector to lead to these addresses, or remove the Endpoints to lead to the pods
      see Service shop/db at spec.selector: the selector
      `,
    ],
  },
  {
    name: 'silent: those that the endpoints controller has written',
    input: `
      - Service shop/db: { selector: { app: db }, ports: [{ port: 5432 }] }
      - manifest: { apiVersion: v1, kind: Endpoints, metadata: { name: db, namespace: shop, uid: 7d1f }, subsets: [{ addresses: [{ ip: 10.244.0.7 }], ports: [{ port: 5432 }] }] }
    `,
    expected: [],
  },
  {
    name: 'silent: no selector, no addresses, no Service, and slices, which may stand beside those of Kubernetes',
    input: `
      - Service shop/a: { ports: [{ port: 5432 }] }
      - Endpoints shop/a: { subsets: [{ addresses: [{ ip: 192.0.2.7 }] }] }
      - Service shop/b: { selector: { app: db }, ports: [{ port: 5432 }] }
      - Endpoints shop/b: { subsets: [] }
      - EndpointSlice shop/b-1: { addressType: IPv4, endpoints: [{ addresses: [192.0.2.7] }] }
        labels: { kubernetes.io/service-name: b }
      - Endpoints shop/c: { subsets: [{ addresses: [{ ip: 192.0.2.7 }] }] }
    `,
    expected: [],
  },
]);
