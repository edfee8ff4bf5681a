import { routeNotAllowed } from '../../../lib/rules/gateway/route-not-allowed';
import { testRule } from '../expectations';

testRule(routeNotAllowed, [
  {
    name: 'from Same, which is the default',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [
      `
      error NL437 route-not-allowed
      on HTTPRoute shop/web at spec.parentRefs.0
      Gateway infra/public does not let the route attach: listener http allows routes of namespace infra only, and the route is in shop
      help: set allowedRoutes.namespaces.from of the listener to All, or to Selector with the labels of shop
      see Gateway infra/public at spec.listeners.0: listener http
      `,
    ],
  },
  {
    name: 'from Selector, with labels that the namespace lacks',
    input: `
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: shop } } }
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { gateway: public } } } } }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [
      `
      error NL437 route-not-allowed
      on HTTPRoute shop/web at spec.parentRefs.0
      Gateway infra/public does not let the route attach: listener http allows namespaces with gateway=public, and shop does not have them
      help: label the namespace shop, or change the selector of the listener
      see Gateway infra/public at spec.listeners.0: listener http
      `,
    ],
  },
  {
    name: 'from None',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: None } } }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [
      `
      error NL437 route-not-allowed
      on HTTPRoute shop/web at spec.parentRefs.0
      Gateway infra/public does not let the route attach: listener http allows no routes
      help: set allowedRoutes.namespaces.from of the listener to All, or to Selector with the labels of shop
      see Gateway infra/public at spec.listeners.0: listener http
      `,
    ],
  },
  {
    name: 'a kind that the protocol or the listener does not take',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: tcp, port: 80, protocol: TCP, allowedRoutes: { namespaces: { from: All } } }] }
      - Gateway infra/grpc: { gatewayClassName: c, listeners: [{ name: grpc, port: 80, protocol: HTTP, allowedRoutes: { kinds: [{ kind: GRPCRoute }] } }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - HTTPRoute infra/b: { parentRefs: [{ name: grpc }] }
    `,
    expected: [
      `
      error NL437 route-not-allowed
      on HTTPRoute infra/b at spec.parentRefs.0
      Gateway infra/grpc does not let the route attach: listener grpc allows GRPCRoute only
      help: attach it to a listener of another protocol, or change allowedRoutes.kinds
      see Gateway infra/grpc at spec.listeners.0: listener grpc
      `,
      `
      error NL437 route-not-allowed
      on HTTPRoute shop/web at spec.parentRefs.0
      Gateway infra/public does not let the route attach: listener tcp is of protocol TCP, which takes no HTTPRoute
      help: attach it to a listener of another protocol, or change allowedRoutes.kinds
      see Gateway infra/public at spec.listeners.0: listener tcp
      `,
    ],
  },
  {
    name: 'silent: allowed by one of the listeners',
    input: `
      - manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { gateway: public } } }
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }, { name: all, port: 81, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }] }
      - Gateway infra/labels: { listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: In, values: [shop] }], matchLabels: { gateway: public } } } } }] }
      - Gateway infra/vendor: { listeners: [{ name: x, port: 80, protocol: example.com/x }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: labels, namespace: infra }] }
      - HTTPRoute infra/c: { parentRefs: [{ name: public }, { name: vendor }] }
    `,
    expected: [],
  },
  {
    name: 'silent: a namespace whose labels are not in the input',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { gateway: public } } } } }] }
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [],
  },
  {
    name: 'the same namespace is that of the ListenerSet',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: web, port: 80, protocol: HTTP }] }
      - ListenerSet shop/more: { parentRef: { name: public, namespace: infra }, listeners: [{ name: web, port: 8080, protocol: HTTP }] }
      - HTTPRoute shop/in: { parentRefs: [{ kind: ListenerSet, name: more }] }
      - HTTPRoute web/out: { parentRefs: [{ kind: ListenerSet, name: more, namespace: shop }] }
    `,
    expected: [
      `
      error NL437 route-not-allowed
      on HTTPRoute web/out at spec.parentRefs.0
      ListenerSet shop/more does not let the route attach: listener web allows routes of namespace shop only, and the route is in web
      help: set allowedRoutes.namespaces.from of the listener to All, or to Selector with the labels of web
      see ListenerSet shop/more at spec.listeners.0: listener web
      `,
    ],
  },
  {
    name: 'a namespace that is not there, of which only the name is known',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: shop } } } } }, { name: b, port: 81, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchExpressions: [{ key: team, operator: In, values: [a] }] } } } }] }
      - HTTPRoute shop/a: { parentRefs: [{ name: public, namespace: infra, sectionName: a }] }
      - HTTPRoute pay/a: { parentRefs: [{ name: public, namespace: infra, sectionName: a }] }
      - HTTPRoute pay/b: { parentRefs: [{ name: public, namespace: infra, sectionName: b }] }
    `,
    expected: [
      `
      error NL437 route-not-allowed
      on HTTPRoute pay/a at spec.parentRefs.0
      Gateway infra/public does not let the route attach: listener a allows namespaces with kubernetes.io/metadata.name=shop, and pay does not have them
      help: label the namespace pay, or change the selector of the listener
      see Gateway infra/public at spec.listeners.0: listener a
      `,
    ],
  },
  {
    name: 'an info: the route does not say that it is in another namespace',
    input: `
      - Gateway network/public: { listeners: [{ name: http, port: 80, protocol: HTTP }] }
      - HTTPRoute redirect: { parentRefs: [{ name: public, namespace: network }] }
    `,
    expected: [
      `
      info NL437 route-not-allowed
      on HTTPRoute default/redirect at spec.parentRefs.0
      Gateway network/public does not let the route attach: listener http allows routes of namespace network only, and the route is in default
      help: state the namespace of both, unless kubectl, kustomize or Flux is told it
      see Gateway network/public at spec.listeners.0: listener http
      `,
    ],
  },
]);
