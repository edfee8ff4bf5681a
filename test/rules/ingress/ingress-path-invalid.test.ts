import { ingressPathInvalid } from '../../../lib/rules/ingress/ingress-path-invalid';
import { testRule } from '../expectations';

testRule(ingressPathInvalid, [
  {
    name: 'no path type, and unknown ones',
    input: `
      - Ingress shop/a: { rules: [{ http: { paths: [{ path: /, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/b: { rules: [{ http: { paths: [{ path: /, pathType: prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/c: { rules: [{ http: { paths: [{ path: /, pathType: '', backend: { service: { name: web, port: { number: 80 } } } }] } }] }
    `,
    expected: [
      `
      error NL406 ingress-path-invalid
      on Ingress shop/a at spec.rules.0.http.paths.0.pathType
      the path has no pathType
      help: use Exact, Prefix or ImplementationSpecific; the field has no default
      `,
      `
      error NL406 ingress-path-invalid
      on Ingress shop/b at spec.rules.0.http.paths.0.pathType
      there is no pathType "prefix"
      help: use Exact, Prefix or ImplementationSpecific; the field has no default
      `,
      `
      error NL406 ingress-path-invalid
      on Ingress shop/c at spec.rules.0.http.paths.0.pathType
      the path has no pathType
      help: use Exact, Prefix or ImplementationSpecific; the field has no default
      `,
    ],
  },
  {
    name: 'paths that do not begin with /',
    input: `
      - Ingress shop/a: { rules: [{ http: { paths: [{ path: shop, pathType: Prefix }, { pathType: Exact }, { path: '.*', pathType: ImplementationSpecific }] } }] }
    `,
    expected: [
      `
      error NL406 ingress-path-invalid
      on Ingress shop/a at spec.rules.0.http.paths.1.path
      a path of type Exact is required
      help: did you mean "/"?
      `,
      `
      error NL406 ingress-path-invalid
      on Ingress shop/a at spec.rules.0.http.paths.2.path
      path ".*" does not begin with /
      help: did you mean "/.*"?
      `,
      `
      error NL406 ingress-path-invalid
      on Ingress shop/a at spec.rules.0.http.paths.0.path
      path "shop" does not begin with /
      help: did you mean "/shop"?
      `,
    ],
  },
  {
    name: 'paths that no normalized request has',
    input: `
      - Ingress shop/a: { rules: [{ http: { paths: [{ path: /a//b, pathType: Prefix }, { path: /a/../b, pathType: Exact }, { path: /a%2Fb, pathType: Prefix }, { path: /a/.., pathType: Prefix }] } }] }
    `,
    expected: [
      `
      error NL406 ingress-path-invalid
      on Ingress shop/a at spec.rules.0.http.paths.2.path
      path "/a%2Fb" contains %2F, which paths of type Prefix must not
      help: write the path as requests have it after normalization, or use the type ImplementationSpecific
      `,
      `
      error NL406 ingress-path-invalid
      on Ingress shop/a at spec.rules.0.http.paths.3.path
      path "/a/.." contains /.., which paths of type Prefix must not
      help: write the path as requests have it after normalization, or use the type ImplementationSpecific
      `,
      `
      error NL406 ingress-path-invalid
      on Ingress shop/a at spec.rules.0.http.paths.1.path
      path "/a/../b" contains /../, which paths of type Exact must not
      help: write the path as requests have it after normalization, or use the type ImplementationSpecific
      `,
      `
      error NL406 ingress-path-invalid
      on Ingress shop/a at spec.rules.0.http.paths.0.path
      path "/a//b" contains //, which paths of type Prefix must not
      help: write the path as requests have it after normalization, or use the type ImplementationSpecific
      `,
    ],
  },
  {
    name: 'silent: expressions of a controller, and no path, where the type allows it',
    input: `
      - Ingress shop/a: { rules: [{ http: { paths: [{ path: '/a//(.*)', pathType: ImplementationSpecific }, { pathType: ImplementationSpecific }, { path: '/tf(/|$)(.*)', pathType: Prefix }, { path: /a.b, pathType: Exact }] } }] }
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: old, namespace: shop }, spec: {} }
    `,
    expected: [],
  },
]);
