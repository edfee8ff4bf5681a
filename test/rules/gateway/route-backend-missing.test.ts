import { routeBackendMissing } from '../../../lib/rules/gateway/route-backend-missing';
import { testRule } from '../expectations';

testRule(routeBackendMissing, [
  {
    name: 'a name that is misspelt, a Service of another namespace, one that may come from elsewhere',
    input: `
      - Service shop/web: { ports: [{ port: 80 }] }
      - Service pay/billing: { ports: [{ port: 80 }] }
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: wbe, port: 80 }, { name: billing, port: 80 }, { name: nothing, port: 80 }] }] }
    `,
    expected: [
      `
      error NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.backendRefs.1.name
      there is no Service billing in namespace shop
      help: it exists in pay: set the namespace of the backendRef, which needs a ReferenceGrant there unless it is that of the route
      `,
      `
      error NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.name
      there is no Service wbe in namespace shop
      help: did you mean web?
      `,
      `
      warning NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.backendRefs.2.name
      there is no Service nothing in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'a namespace that is said on purpose',
    input: `
      - Service pay/billing: { ports: [{ port: 80 }] }
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: billing, namespace: finance, port: 80 }] }] }
    `,
    expected: [
      `
      warning NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.name
      there is no Service billing in namespace finance
      help: it exists in pay: set the namespace of the backendRef, which needs a ReferenceGrant there unless it is that of the route
      `,
    ],
  },
  {
    name: 'a namespace that has no Service here has them elsewhere: an info',
    input: `
      - Service api/api: { ports: [{ port: 80 }] }
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [
      `
      info NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.name
      there is no Service web in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'mirrored requests, and TCP',
    input: `
      - Service shop/other: { ports: [{ port: 80 }] }
      - HTTPRoute shop/a: { rules: [{ filters: [{ requestMirror: { backendRef: { name: one, port: 80 } } }], backendRefs: [{ name: two, port: 80, filters: [{ requestMirror: { backendRef: { name: three, port: 80 } } }] }] }] }
      - TCPRoute shop/b: { rules: [{ backendRefs: [{ name: four, port: 80 }] }] }
    `,
    expected: [
      `
      warning NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.filters.0.requestMirror.backendRef.name
      there is no Service one in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
      `
      warning NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.filters.0.requestMirror.backendRef.name
      there is no Service three in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
      `
      warning NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.name
      there is no Service two in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
      `
      warning NL439 route-backend-missing
      on TCPRoute shop/b at spec.rules.0.backendRefs.0.name
      there is no Service four in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'silent: Services that are there, of another namespace too, and other kinds',
    input: `
      - Service shop/web: { ports: [{ port: 80 }] }
      - Service pay/billing: { ports: [{ port: 80 }] }
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: web, port: 80 }, { name: billing, namespace: pay, port: 80 }, { group: example.com, kind: Bucket, name: b }] }] }
    `,
    expected: [],
  },
  {
    name: 'a Service of a group that has none',
    input: `
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ group: v1, kind: Service, name: web, port: 80 }, { group: serving.knative.dev, kind: Service, name: web }] }] }
    `,
    expected: [
      `
      error NL439 route-backend-missing
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.group
      there is no kind Service in the group v1
      help: write group: '', or leave it out: the version is no part of it
      `,
    ],
  },
  {
    name: 'silent: a Service of that name without a namespace of its own, which kustomize or Flux gives it',
    input: `
      - Service web: { ports: [{ port: 80 }] }
      - HTTPRoute api/a: { rules: [{ backendRefs: [{ name: web, namespace: shop, port: 80 }] }] }
    `,
    expected: [],
  },
]);
