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
    name: 'silent: a Gateway of that name without a namespace of its own, which kustomize or Flux gives it',
    input: `
      - Gateway public: { listeners: [{ name: http, port: 80, protocol: HTTP }] }
      - HTTPRoute redirect: { parentRefs: [{ name: public, namespace: network }] }
    `,
    expected: [],
  },
]);
