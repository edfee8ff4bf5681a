import { ingressNginxPath } from '../../../lib/rules/ingress/ingress-nginx-path';
import { testRule } from '../expectations';

testRule(ingressNginxPath, [
  {
    name: 'a regular expression as a prefix, by the class and by its usual name',
    input: `
      - IngressClass web: { controller: k8s.io/ingress-nginx }
      - Ingress shop/a: { ingressClassName: web, rules: [{ http: { paths: [{ path: /a(/|$)(.*), pathType: Prefix }] } }] }
      - Ingress shop/b: { ingressClassName: nginx, rules: [{ http: { paths: [{ path: '/~user', pathType: Exact }] } }] }
    `,
    expected: [
      `
      warning NL452 ingress-nginx-path
      on Ingress shop/a at spec.rules.0.http.paths.0.path
      ingress-nginx refuses the path "/a(/|$)(.*)" of type Prefix: it has other characters than letters, digits, - _ . and /
      help: use pathType: ImplementationSpecific for a regular expression
      `,
      `
      warning NL452 ingress-nginx-path
      on Ingress shop/b at spec.rules.0.http.paths.0.path
      ingress-nginx refuses the path "/~user" of type Exact: it has other characters than letters, digits, - _ . and /
      help: use pathType: ImplementationSpecific for a regular expression
      `,
    ],
  },
  {
    name: 'no class, and annotations of ingress-nginx',
    input: `
      - Ingress shop/a: { rules: [{ http: { paths: [{ path: /a(/|$)(.*), pathType: Prefix }] } }] }
        annotations: { nginx.ingress.kubernetes.io/rewrite-target: /$2 }
      - Ingress shop/b: { rules: [{ http: { paths: [{ path: /a(.*), pathType: Prefix }] } }] }
    `,
    expected: [
      `
      warning NL452 ingress-nginx-path
      on Ingress shop/a at spec.rules.0.http.paths.0.path
      ingress-nginx refuses the path "/a(/|$)(.*)" of type Prefix: it has other characters than letters, digits, - _ . and /
      help: use pathType: ImplementationSpecific for a regular expression
      `,
    ],
  },
  {
    name: 'silent: plain paths, ImplementationSpecific, and other controllers',
    input: `
      - IngressClass nginx: { controller: nginx.org/ingress-controller }
      - IngressClass web: { controller: k8s.io/ingress-nginx }
      - Ingress shop/a: { ingressClassName: web, rules: [{ http: { paths: [{ path: /a-b/c_d.html, pathType: Exact }, { path: /a(.*), pathType: ImplementationSpecific }, { path: 'a(', pathType: Prefix }] } }] }
      - Ingress shop/b: { ingressClassName: nginx, rules: [{ http: { paths: [{ path: /a(.*), pathType: Prefix }] } }] }
    `,
    expected: [],
  },
]);
