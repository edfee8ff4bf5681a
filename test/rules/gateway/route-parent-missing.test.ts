import { routeParentMissing } from '../../../lib/rules/gateway/route-parent-missing';
import { testRule } from '../expectations';

testRule(routeParentMissing, [
  {
    name: 'a name that is misspelt, and a Gateway of another namespace',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }] }
      - HTTPRoute infra/a: { parentRefs: [{ name: pubilc }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public }] }
    `,
    expected: [
      `
      error NL435 route-parent-missing
      on HTTPRoute infra/a at spec.parentRefs.0.name
      there is no Gateway pubilc in namespace infra
      help: did you mean public?
      `,
      `
      error NL435 route-parent-missing
      on HTTPRoute shop/b at spec.parentRefs.0.name
      there is no Gateway public in namespace shop
      help: it exists in infra: set the namespace of the parentRef
      `,
    ],
  },
  {
    name: 'a Gateway that may come from elsewhere: a warning',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }] }
      - HTTPRoute shop/a: { parentRefs: [{ name: edge, namespace: infra }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public, namespace: network }] }
    `,
    expected: [
      `
      warning NL435 route-parent-missing
      on HTTPRoute shop/a at spec.parentRefs.0.name
      there is no Gateway edge in namespace infra
      help: check the name, unless the Gateway is made elsewhere
      `,
      `
      warning NL435 route-parent-missing
      on HTTPRoute shop/b at spec.parentRefs.0.name
      there is no Gateway public in namespace network
      help: it exists in infra: set the namespace of the parentRef
      `,
    ],
  },
  {
    name: 'silent: no Gateway in the input',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ name: edge, namespace: infra }] }
    `,
    expected: [],
  },
  {
    name: 'silent: Gateways that are there, parents of other kinds',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }] }
      - HTTPRoute shop/a: { parentRefs: [{ name: public, namespace: infra }, { group: '', kind: Service, name: public }, { kind: ListenerSet, name: public }] }
      - HTTPRoute infra/b: { parentRefs: [{ name: public }] }
    `,
    expected: [],
  },
  {
    name: 'kinds of another group',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ kind: Service, name: web }, { kind: XListenerSet, name: web }, { kind: Service, group: '', name: web }, { kind: Mesh, name: web }] }
    `,
    expected: [
      `
      error NL435 route-parent-missing
      on HTTPRoute shop/a at spec.parentRefs.0.kind
      there is no kind Service in the group gateway.networking.k8s.io, which a parentRef has unless it says another
      help: set group: ''
      `,
      `
      error NL435 route-parent-missing
      on HTTPRoute shop/a at spec.parentRefs.1.kind
      there is no kind XListenerSet in the group gateway.networking.k8s.io, which a parentRef has unless it says another
      help: set group: gateway.networking.x-k8s.io
      `,
      `
      warning NL435 route-parent-missing
      on HTTPRoute shop/a at spec.parentRefs.3.kind
      no controller takes a Mesh of gateway.networking.k8s.io for the parent of a route
      help: name a Gateway or a ListenerSet, or a Service for traffic inside of the cluster
      `,
    ],
  },
  {
    name: 'kinds that nobody serves, in groups that are known, and kinds of a vendor',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ kind: Gatewy, name: a }, { kind: Gateway, group: networking.k8s.io, name: b }, { kind: Deployment, group: apps, name: c }, { kind: Pod, group: '', name: d }, { kind: Hub, group: example.com, name: e }, { kind: ServiceEntry, group: networking.istio.io, name: f }] }
    `,
    expected: [
      `
      error NL435 route-parent-missing
      on HTTPRoute shop/a at spec.parentRefs.1.group
      no controller takes a Gateway of the group "networking.k8s.io" for the parent of a route
      help: leave the group out
      `,
      `
      error NL435 route-parent-missing
      on HTTPRoute shop/a at spec.parentRefs.0.kind
      no controller takes a Gatewy of gateway.networking.k8s.io for the parent of a route
      help: did you mean Gateway?
      `,
      `
      warning NL435 route-parent-missing
      on HTTPRoute shop/a at spec.parentRefs.2.kind
      no controller takes a Deployment of apps for the parent of a route
      help: name a Gateway or a ListenerSet, or a Service for traffic inside of the cluster
      `,
      `
      warning NL435 route-parent-missing
      on HTTPRoute shop/a at spec.parentRefs.3.kind
      no controller takes a Pod of the core group for the parent of a route
      help: name a Gateway or a ListenerSet, or a Service for traffic inside of the cluster
      `,
    ],
  },
  {
    name: 'silent: a Gateway of that name without a namespace of its own, which kustomize or Flux gives it',
    input: `
      - Gateway public: { listeners: [{ name: http, port: 80, protocol: HTTP }] }
      - HTTPRoute redirect: { parentRefs: [{ name: public, namespace: network }] }
    `,
    expected: [],
  },
]);
