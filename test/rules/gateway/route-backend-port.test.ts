import { routeBackendPort } from '../../../lib/rules/gateway/route-backend-port';
import { testRule } from '../expectations';

testRule(routeBackendPort, [
  {
    name: 'a port that the Service does not have',
    input: `
      - Service shop/web: { ports: [{ name: http, port: 80, targetPort: 8080 }, { port: 81 }] }
      - Service shop/none: {}
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: web, port: 8080 }, { name: none, port: 80 }] }] }
    `,
    expected: [
      `
      error NL440 route-backend-port
      on HTTPRoute shop/a at spec.rules.0.backendRefs.1.port
      Service shop/none has no port 80
      help: the Service has no ports
      see Service shop/none at spec.ports: its ports
      `,
      `
      error NL440 route-backend-port
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.port
      Service shop/web has no port 8080
      help: it has 80 (http), 81
      see Service shop/web at spec.ports: its ports
      `,
    ],
  },
  {
    name: 'silent: ports that are there, no port, Services that are not there, ExternalName',
    input: `
      - Service shop/web: { ports: [{ port: 80 }] }
      - Service shop/ext: { type: ExternalName, externalName: example.com }
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: web, port: 80 }, { name: web }, { name: other, port: 1 }, { name: ext, port: 443 }] }] }
    `,
    expected: [],
  },
]);
