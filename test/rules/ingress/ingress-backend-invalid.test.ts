import { ingressBackendInvalid } from '../../../lib/rules/ingress/ingress-backend-invalid';
import { testRule } from '../expectations';

testRule(ingressBackendInvalid, [
  {
    name: 'a Service whose name begins with a digit, by version',
    input: '[{ Ingress shop/a: { defaultBackend: { service: { name: 1web, port: { number: 80 } } } } }]',
    facts: { kubernetesVersion: '1.35' },
    expected: [
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/a at spec.defaultBackend.service.name
      "1web" is not the name of a Service
      help: use the name of a Service in the namespace of the Ingress: lower-case letters, digits and hyphens
      `,
    ],
  },
  {
    name: 'the same since 1.36, and where the version is not known',
    input: '[{ Ingress shop/a: { defaultBackend: { service: { name: 1web, port: { number: 80 } } } } }]',
    expected: [],
  },
  {
    name: 'resources that no object can be',
    input: `
      - Ingress shop/a: { defaultBackend: { resource: { apiGroup: example.com/v1, kind: Bucket, name: a/b } } }
      - Ingress shop/b: { defaultBackend: { resource: { apiGroup: example.com, kind: Bucket, name: b } } }
    `,
    expected: [
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/a at spec.defaultBackend.resource.apiGroup
      apiGroup "example.com/v1" is not the name of an API group
      help: give apiGroup, kind and name of an object in the namespace of the Ingress
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/a at spec.defaultBackend.resource.name
      name "a/b" is not the name of an object: it would not fit into an address
      help: give apiGroup, kind and name of an object in the namespace of the Ingress
      `,
    ],
  },
  {
    name: 'both, neither, and the form of the removed versions',
    input: `
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } }, resource: { kind: Bucket, name: b } } }
      - Ingress shop/b: { defaultBackend: {} }
      - Ingress shop/c: { rules: [{ http: { paths: [{ path: /, backend: { serviceName: web, servicePort: 80 } }, { path: /b }] } }] }
    `,
    expected: [
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/a at spec.defaultBackend.resource
      the backend has a service and a resource
      help: keep one of the two
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/b at spec.defaultBackend
      the backend has neither a service nor a resource
      help: write service: { name: …, port: { number: … } }
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/c at spec.rules.0.http.paths.1.backend
      the backend has neither a service nor a resource
      help: write service: { name: …, port: { number: … } }
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/c at spec.rules.0.http.paths.0.backend
      the backend is written as in v1beta1, with serviceName and servicePort
      help: write service: { name: …, port: { number: … } }
      `,
    ],
  },
  {
    name: 'the name of the Service',
    input: `
      - Ingress shop/a: { defaultBackend: { service: { name: web.shop, port: { number: 80 } } } }
      - Ingress shop/b: { defaultBackend: { service: { port: { number: 80 } } } }
    `,
    expected: [
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/a at spec.defaultBackend.service.name
      "web.shop" is not the name of a Service
      help: use the name of a Service in the namespace of the Ingress: lower-case letters, digits and hyphens
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/b at spec.defaultBackend.service.name
      the backend names no Service
      help: use the name of a Service in the namespace of the Ingress: lower-case letters, digits and hyphens
      `,
    ],
  },
  {
    name: 'the port',
    input: `
      - Ingress shop/a: { defaultBackend: { service: { name: web } } }
      - Ingress shop/b: { defaultBackend: { service: { name: web, port: { name: http, number: 80 } } } }
      - Ingress shop/c: { defaultBackend: { service: { name: web, port: { name: '80' } } } }
      - Ingress shop/d: { defaultBackend: { service: { name: web, port: { number: 70000 } } } }
      - Ingress shop/e: { defaultBackend: { service: { name: web, port: { number: -1 } } } }
    `,
    expected: [
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/a at spec.defaultBackend.service.port
      the backend names no port
      help: write port: { number: … } or port: { name: … }
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/b at spec.defaultBackend.service.port.name
      the port has a name and a number
      help: keep one of the two
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/c at spec.defaultBackend.service.port.name
      "80" is not the name of a port
      help: use at most 15 lower-case letters, digits and single hyphens; a number belongs into port.number
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/d at spec.defaultBackend.service.port.number
      70000 is not a port
      help: use a number from 1 to 65535
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/e at spec.defaultBackend.service.port.number
      -1 is not a port
      help: use a number from 1 to 65535
      `,
    ],
  },
  {
    name: 'resources',
    input: `
      - Ingress shop/a: { defaultBackend: { resource: { apiGroup: k8s.example.com } } }
    `,
    expected: [
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/a at spec.defaultBackend.resource.kind
      kind is missing in the resource
      help: give apiGroup, kind and name of an object in the namespace of the Ingress
      `,
      `
      error NL407 ingress-backend-invalid
      on Ingress shop/a at spec.defaultBackend.resource.name
      name is missing in the resource
      help: give apiGroup, kind and name of an object in the namespace of the Ingress
      `,
    ],
  },
  {
    name: 'silent: what is right, a name that begins with a digit, no default backend',
    input: `
      - Ingress shop/a: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/b: { defaultBackend: { service: { name: 3scale, port: { name: http-2 } } } }
      - Ingress shop/c: { defaultBackend: { resource: { apiGroup: k8s.example.com, kind: Bucket, name: b } } }
      - Ingress shop/d: { defaultBackend: 7 }
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: old, namespace: shop }, spec: {} }
    `,
    expected: [],
  },
]);
