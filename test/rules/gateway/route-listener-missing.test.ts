import { routeListenerMissing } from '../../../lib/rules/gateway/route-listener-missing';
import { testRule } from '../expectations';

testRule(routeListenerMissing, [
  {
    name: 'by section name, by port, by both',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }, { name: https, port: 443, protocol: HTTPS }] }
      - HTTPRoute infra/a: { parentRefs: [{ name: public, sectionName: HTTP }] }
      - HTTPRoute infra/b: { parentRefs: [{ name: public, port: 8080 }] }
      - HTTPRoute infra/c: { parentRefs: [{ name: public, sectionName: http, port: 443 }] }
    `,
    expected: [
      `
      error NL436 route-listener-missing
      on HTTPRoute infra/a at spec.parentRefs.0.sectionName
      Gateway infra/public has no listener named HTTP
      help: it has http (80), https (443)
      see Gateway infra/public at spec.listeners: its listeners
      `,
      `
      error NL436 route-listener-missing
      on HTTPRoute infra/b at spec.parentRefs.0.port
      Gateway infra/public has no listener on port 8080
      help: it has http (80), https (443)
      see Gateway infra/public at spec.listeners: its listeners
      `,
      `
      error NL436 route-listener-missing
      on HTTPRoute infra/c at spec.parentRefs.0.sectionName
      Gateway infra/public has no listener named http on port 443
      help: it has http (80), https (443)
      see Gateway infra/public at spec.listeners: its listeners
      `,
    ],
  },
  {
    name: 'silent: listeners that are there, Gateways without any',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }] }
      - Gateway infra/empty: { gatewayClassName: c }
      - HTTPRoute infra/a: { parentRefs: [{ name: public, sectionName: http, port: 80 }] }
      - HTTPRoute infra/b: { parentRefs: [{ name: empty, sectionName: http }] }
      - HTTPRoute infra/c: { parentRefs: [{ name: elsewhere, sectionName: http }] }
    `,
    expected: [],
  },
  {
    name: 'of a ListenerSet',
    input: `
      - ListenerSet shop/more: { parentRef: { name: public, namespace: infra }, listeners: [{ name: web, port: 8080, protocol: HTTP }] }
      - HTTPRoute shop/web: { parentRefs: [{ kind: ListenerSet, name: more, sectionName: https }, { kind: ListenerSet, name: more, sectionName: web }] }
    `,
    expected: [
      `
      error NL436 route-listener-missing
      on HTTPRoute shop/web at spec.parentRefs.0.sectionName
      ListenerSet shop/more has no listener named https
      help: it has web (8080)
      see ListenerSet shop/more at spec.listeners: its listeners
      `,
    ],
  },
  {
    name: 'the port of a Service that is the parent in a mesh',
    input: `
      - Service shop/web: { ports: [{ name: http, port: 80 }] }
      - HTTPRoute shop/a: { parentRefs: [{ group: '', kind: Service, name: web, port: 8080 }, { group: '', kind: Service, name: web, port: 80 }, { group: '', kind: Service, name: web }, { group: '', kind: Service, name: web, sectionName: http }, { group: '', kind: Service, name: other, port: 81 }] }
    `,
    expected: [
      `
      error NL436 route-listener-missing
      on HTTPRoute shop/a at spec.parentRefs.0.port
      Service shop/web has no port 8080
      help: it has 80 (http)
      see Service shop/web at spec.ports: its ports
      `,
    ],
  },
]);
