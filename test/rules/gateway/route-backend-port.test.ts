import { routeBackendPort } from '../../../lib/rules/gateway/route-backend-port';
import { testRule } from '../expectations';

testRule(routeBackendPort, [
  {
    name: 'a port that is there for another protocol alone',
    input: `
      - Service shop/dns: { ports: [{ port: 53, protocol: UDP }, { name: web, port: 80 }, { name: h3, port: 80, protocol: UDP }, { port: 81, protocol: tcp }] }
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: dns, port: 53 }, { name: dns, port: 80 }, { name: dns, port: 81 }] }] }
      - manifest:
          apiVersion: gateway.networking.k8s.io/v1alpha2
          kind: UDPRoute
          metadata: { name: b, namespace: shop }
          spec: { rules: [{ backendRefs: [{ name: dns, port: 53 }] }] }
    `,
    expected: [
      `
      error NL440 route-backend-port
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.port
      Service shop/dns has its port 53 for UDP, and HTTPRoute sends TCP
      help: it has 53, 80 (web), 80 (h3), 81
      see Service shop/dns at spec.ports: its ports
      `,
    ],
  },
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
