import { routeWithoutEffect } from '../../../lib/rules/gateway/route-without-effect';
import { testRule } from '../expectations';

testRule(routeWithoutEffect, [
  {
    name: 'no parents, no backends, no weights',
    input: `
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: URLRewrite, urlRewrite: { hostname: a.example.com } }] }] }
      - GRPCRoute shop/c: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: web, port: 80, weight: 0 }, { name: old, port: 80, weight: 0 }] }] }
      - TCPRoute shop/d: { parentRefs: [{ name: public }], rules: [{}] }
    `,
    expected: [
      `
      warning NL446 route-without-effect
      on GRPCRoute shop/c at spec.rules.0.backendRefs
      all backends of the rule have the weight 0: every call that it matches fails
      help: give one of them a weight, or leave the weights out
      `,
      `
      warning NL446 route-without-effect
      on HTTPRoute shop/a at spec.parentRefs
      the route has no parentRefs, so that nothing serves it
      help: name the Gateway that it belongs to, unless that is added later
      `,
      `
      warning NL446 route-without-effect
      on HTTPRoute shop/b at spec.rules.0
      the rule has no backendRefs: every request that it matches is answered with an error
      help: give the Service that the requests are for, or remove the rule
      `,
      `
      warning NL446 route-without-effect
      on TCPRoute shop/d at spec.rules.0
      the rule has no backendRefs: every connection is refused
      help: give the Service that the requests are for, or remove the rule
      `,
    ],
  },
  {
    name: 'silent: one weight, filters that answer, routes of a mesh and of default Gateways',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: web, port: 80 }, { name: old, port: 80, weight: 0 }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }, { filters: [{ type: ExtensionRef, extensionRef: { group: example.com, kind: Answer, name: a } }] }] }
      - HTTPRoute shop/c: { parentRefs: [{ group: '', kind: Service, name: web }], rules: [{}] }
      - HTTPRoute shop/d: { useDefaultGateways: All, rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - HTTPRoute shop/e: { parentRefs: [{ name: public }] }
    `,
    expected: [],
  },
]);
