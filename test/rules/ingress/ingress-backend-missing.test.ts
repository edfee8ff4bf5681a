import { ingressBackendMissing } from '../../../lib/rules/ingress/ingress-backend-missing';
import { testRule } from '../expectations';

function route(service: string): string {
  return `{ rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }] } }] }`;
}

testRule(ingressBackendMissing, [
  {
    name: 'a Service that nothing in the input resembles may come from elsewhere: a warning',
    input: `
      - Service shop/web: { ports: [{ port: 80 }] }
      - Ingress shop/web: ${route('checkout')}
    `,
    expected: [
      `
      warning NL402 ingress-backend-missing
      on Ingress shop/web at spec.rules.0.http.paths.0.backend.service.name
      there is no Service checkout in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'neither Services nor pods of the namespace in the input: an info',
    input: `
      - Ingress shop/web: ${route('web')}
      - Deployment pay/web: { labels: { app: web } }
      - Ingress pay/web: ${route('web')}
    `,
    expected: [
      `
      warning NL402 ingress-backend-missing
      on Ingress pay/web at spec.rules.0.http.paths.0.backend.service.name
      there is no Service web in namespace pay
      help: check the name, unless the Service is made elsewhere
      `,
      `
      info NL402 ingress-backend-missing
      on Ingress shop/web at spec.rules.0.http.paths.0.backend.service.name
      there is no Service web in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'in different namespaces only because one of the two states none: kustomize or Flux may give them the same',
    input: `
      - Service web: { ports: [{ port: 80 }] }
      - Ingress shop/web: ${route('web')}
    `,
    expected: [
      `
      warning NL402 ingress-backend-missing
      on Ingress shop/web at spec.rules.0.http.paths.0.backend.service.name
      there is no Service web in namespace shop
      help: there is one in default: state the namespace of both, unless kubectl, kustomize or Flux is told it
      `,
    ],
  },
  {
    name: 'letters that are swapped, added, left out, replaced',
    input: `
      - Service shop/web: { ports: [{ port: 80 }] }
      - Ingress shop/a: ${route('wbe')}
      - Ingress shop/b: ${route('webb')}
      - Ingress shop/c: ${route('we')}
      - Ingress shop/d: ${route('wep')}
      - Ingress shop/e: ${route('bew')}
    `,
    expected: [
      ...['a wbe', 'b webb', 'd wep'].map((line) => {
        const [name, service] = line.split(' ');
        return `
        error NL402 ingress-backend-missing
        on Ingress shop/${name} at spec.rules.0.http.paths.0.backend.service.name
        there is no Service ${service} in namespace shop
        help: did you mean web?
        `;
      }),
      ...['c we', 'e bew'].map((line) => {
        const [name, service] = line.split(' ');
        return `
        warning NL402 ingress-backend-missing
        on Ingress shop/${name} at spec.rules.0.http.paths.0.backend.service.name
        there is no Service ${service} in namespace shop
        help: check the name, unless the Service is made elsewhere
        `;
      }),
    ],
  },
  {
    name: 'names that differ in their number are different names',
    input: `
      - Service shop/web-v1: { ports: [{ port: 80 }] }
      - Ingress shop/web: ${route('web-v2')}
    `,
    expected: [
      `
      warning NL402 ingress-backend-missing
      on Ingress shop/web at spec.rules.0.http.paths.0.backend.service.name
      there is no Service web-v2 in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'the Service of another namespace',
    input: `
      - Service a/web: { ports: [{ port: 80 }] }
      - Service b/web: { ports: [{ port: 80 }] }
      - Service c/web: { ports: [{ port: 80 }] }
      - Service d/web: { ports: [{ port: 80 }] }
      - Service e/web: { ports: [{ port: 80 }] }
      - Ingress shop/web: ${route('web')}
    `,
    expected: [
      `
      error NL402 ingress-backend-missing
      on Ingress shop/web at spec.rules.0.http.paths.0.backend.service.name
      there is no Service web in namespace shop
      help: it exists in a, b, c and 2 more: an Ingress reaches Services of its own namespace only
      `,
    ],
  },
  {
    name: 'the default backend',
    input: `
      - Ingress shop/web: { defaultBackend: { service: { name: nothing, port: { number: 80 } } } }
    `,
    expected: [
      `
      info NL402 ingress-backend-missing
      on Ingress shop/web at spec.defaultBackend.service.name
      there is no Service nothing in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'silent: Services that are there, of the default namespace too, and resource backends',
    input: `
      - Service web: { ports: [{ port: 80 }] }
      - Ingress default/web: ${route('web')}
      - Ingress shop/static: { defaultBackend: { resource: { apiGroup: k8s.example.com, kind: Bucket, name: static } } }
    `,
    expected: [],
  },
  {
    name: 'names of the prototype are ordinary names',
    input: `
      - Ingress shop/web: ${route('constructor')}
      - Ingress shop/api: ${route('__proto__')}
    `,
    expected: [
      `
      info NL402 ingress-backend-missing
      on Ingress shop/api at spec.rules.0.http.paths.0.backend.service.name
      there is no Service __proto__ in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
      `
      info NL402 ingress-backend-missing
      on Ingress shop/web at spec.rules.0.http.paths.0.backend.service.name
      there is no Service constructor in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'actions of the AWS load balancer controller',
    input: `
      - Ingress shop/web:
          defaultBackend: { service: { name: not-found, port: { name: use-annotation } } }
          rules:
            - http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: ssl-redirect, port: { name: use-annotation } } } }
                  - { path: /old, pathType: Prefix, backend: { service: { name: moved, port: { name: use-annotation } } } }
        annotations: { alb.ingress.kubernetes.io/actions.ssl-redirect: '{"Type": "redirect"}' }
    `,
    expected: [
      `
      error NL402 ingress-backend-missing
      on Ingress shop/web at spec.rules.0.http.paths.1.backend.service.name
      there is no annotation alb.ingress.kubernetes.io/actions.moved, for which the port use-annotation stands
      help: add the annotation, or name the port of a Service
      `,
      `
      error NL402 ingress-backend-missing
      on Ingress shop/web at spec.defaultBackend.service.name
      there is no annotation alb.ingress.kubernetes.io/actions.not-found, for which the port use-annotation stands
      help: add the annotation, or name the port of a Service
      `,
    ],
  },
]);
