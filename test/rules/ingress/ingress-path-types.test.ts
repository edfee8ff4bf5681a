import { ingressPathTypes } from '../../../lib/rules/ingress/ingress-path-types';
import { testRule } from '../expectations';

testRule(ingressPathTypes, [
  {
    name: 'a prefix here, an exact path there',
    input: `
      - Ingress shop/a: { rules: [{ host: a.example.com, http: { paths: [{ path: /x, pathType: Prefix }] } }] }
      - Ingress web/b: { rules: [{ host: a.example.com, http: { paths: [{ path: /x, pathType: Exact }, { path: /y, pathType: Exact }] } }] }
    `,
    expected: [
      `
      warning NL450 ingress-path-types
      on Ingress web/b at spec.rules.0.http.paths.0.pathType
      path /x of a.example.com is Exact here and Prefix in Ingress shop/a
      help: which of the two answers depends on the controller: put both paths into one Ingress, or change one of them
      see Ingress shop/a at spec.rules.0.http.paths.0.pathType: the same path
      `,
    ],
  },
  {
    name: 'silent: one Ingress, other classes, canaries, and ingress-nginx, where it is a conflict',
    input: `
      - IngressClass nginx: { controller: k8s.io/ingress-nginx }
      - Ingress shop/a: { rules: [{ http: { paths: [{ path: /x, pathType: Prefix }, { path: /x, pathType: Exact }] } }] }
      - Ingress shop/b: { ingressClassName: b, rules: [{ http: { paths: [{ path: /x, pathType: Exact }] } }] }
      - Ingress shop/c: { rules: [{ http: { paths: [{ path: /x, pathType: Exact }] } }] }
        annotations: { nginx.ingress.kubernetes.io/canary: 'true' }
      - Ingress shop/d: { ingressClassName: nginx, rules: [{ http: { paths: [{ path: /x, pathType: Exact }] } }] }
      - Ingress shop/e: { ingressClassName: nginx, rules: [{ http: { paths: [{ path: /x, pathType: Prefix }] } }] }
    `,
    expected: [],
  },
]);
