import { routeExternalName } from '../../../lib/rules/gateway/route-external-name';
import { testRule } from '../expectations';

testRule(routeExternalName, [
  {
    name: 'a backend of type ExternalName',
    input: `
      - Service shop/web: { type: ExternalName, externalName: web.example.com, ports: [{ port: 80 }] }
      - HTTPRoute shop/web: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [
      `
      warning NL445 route-external-name
      on HTTPRoute shop/web at spec.rules.0.backendRefs.0.name
      Service web is of type ExternalName, which gateways should not serve
      help: use what the implementation has for hosts outside of the cluster, or a Service with EndpointSlices
      see Service shop/web at spec.type: the Service
      `,
    ],
  },
  {
    name: 'silent: other types, and what is not there',
    input: `
      - Service shop/web: { ports: [{ port: 80 }] }
      - HTTPRoute shop/web: { rules: [{ backendRefs: [{ name: web, port: 80 }, { name: other, port: 80 }, { group: example.com, kind: Host, name: web }] }] }
    `,
    expected: [],
  },
]);
