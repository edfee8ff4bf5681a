import { routeHostnameMismatch } from '../../../lib/rules/gateway/route-hostname-mismatch';
import { testRule } from '../expectations';

testRule(routeHostnameMismatch, [
  {
    name: 'no host in common; a wildcard does not stand for its own domain',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP, hostname: '*.example.com', allowedRoutes: { namespaces: { from: All } } }, { name: b, port: 81, protocol: HTTP, hostname: b.example.net, allowedRoutes: { namespaces: { from: All } } }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], hostnames: [a.example.org, example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [
      `
      error NL438 route-hostname-mismatch
      on HTTPRoute shop/web at spec.hostnames
      a.example.org, example.com and the listeners of Gateway infra/public, *.example.com, b.example.net, have no host in common
      help: use a hostname that a listener has; *.example.com stands for all names under example.com, not for example.com itself
      see Gateway infra/public at spec.listeners.0.hostname: listener a
      `,
    ],
  },
  {
    name: 'one of two hostnames that no listener has',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP, hostname: '*.example.com', allowedRoutes: { namespaces: { from: All } } }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], hostnames: [example.com, a.example.com], rules: [] }
      - HTTPRoute shop/elsewhere: { parentRefs: [{ name: public, namespace: infra }, { name: other, namespace: infra }], hostnames: [example.com, a.example.com], rules: [] }
    `,
    expected: [
      `
      warning NL438 route-hostname-mismatch
      on HTTPRoute shop/web at spec.hostnames.0
      example.com is ignored: it is no host of a listener of Gateway infra/public that the route may attach to
      help: add a listener for it, or remove it; *.example.com stands for all names under example.com, not for example.com itself
      see Gateway infra/public at spec.listeners: the listeners
      `,
    ],
  },
  {
    name: 'silent: one host in common, wildcards on either side, none at all',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP, hostname: '*.example.com', allowedRoutes: { namespaces: { from: All } } }, { name: b, port: 81, protocol: HTTP, hostname: b.example.net, allowedRoutes: { namespaces: { from: All } } }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], hostnames: [a.b.example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public, namespace: infra }], hostnames: ['*.example.net'], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - HTTPRoute shop/c: { parentRefs: [{ name: public, namespace: infra }], hostnames: ['*.a.example.com'], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - HTTPRoute shop/d: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [],
  },
  {
    name: 'of a ListenerSet',
    input: `
      - ListenerSet shop/more: { parentRef: { name: public, namespace: infra }, listeners: [{ name: web, port: 8080, protocol: HTTP, hostname: a.example.com }] }
      - HTTPRoute shop/web: { hostnames: [b.example.com], parentRefs: [{ kind: ListenerSet, name: more }] }
    `,
    expected: [
      `
      error NL438 route-hostname-mismatch
      on HTTPRoute shop/web at spec.hostnames
      b.example.com and the listeners of ListenerSet shop/more, a.example.com, have no host in common
      help: use a hostname that a listener has; *.example.com stands for all names under example.com, not for example.com itself
      see ListenerSet shop/more at spec.listeners.0.hostname: listener web
      `,
    ],
  },
]);
