import { ingressEmpty } from '../../../lib/rules/ingress/ingress-empty';
import { testRule } from '../expectations';

testRule(ingressEmpty, [
  {
    name: 'nothing at all, and rules that are none',
    input: `
      - Ingress shop/a: {}
      - Ingress shop/b: { rules: [] }
      - Ingress shop/c: { rules: { host: a.example.com }, defaultBackend: null }
    `,
    expected: [
      `
      error NL404 ingress-empty
      on Ingress shop/a at spec
      the Ingress has neither rules nor a default backend
      help: give at least one of spec.rules and spec.defaultBackend
      `,
      `
      error NL404 ingress-empty
      on Ingress shop/b at spec
      the Ingress has neither rules nor a default backend
      help: give at least one of spec.rules and spec.defaultBackend
      `,
      `
      error NL404 ingress-empty
      on Ingress shop/c at spec
      the Ingress has neither rules nor a default backend
      help: give at least one of spec.rules and spec.defaultBackend
      `,
    ],
  },
  {
    name: 'rules without paths',
    input: `
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } } }, rules: [{ host: a.example.com, http: {} }, { http: { paths: [] } }] }
    `,
    expected: [
      `
      error NL404 ingress-empty
      on Ingress shop/a at spec.rules.0.http.paths
      the rule has no paths
      help: give at least one path, or leave http out: the host then goes to the default backend
      `,
      `
      error NL404 ingress-empty
      on Ingress shop/a at spec.rules.1.http.paths
      the rule has no paths
      help: give at least one path, or leave http out: the host then goes to the default backend
      `,
    ],
  },
  {
    name: 'silent: a default backend, paths, a rule without http, the removed version',
    input: `
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
      - Ingress shop/b: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/c: { rules: [{ host: a.example.com }] }
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: old, namespace: shop }, spec: {} }
    `,
    expected: [],
  },
]);
