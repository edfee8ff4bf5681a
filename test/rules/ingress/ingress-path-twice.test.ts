import { ingressPathTwice } from '../../../lib/rules/ingress/ingress-path-twice';
import { testRule } from '../expectations';

testRule(ingressPathTwice, [
  {
    name: 'in one rule, and in two rules of one host',
    input: `
      - Ingress shop/a: { rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }, { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }, { host: '', http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/b: { rules: [{ host: b.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }, { host: b.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
    `,
    expected: [
      `
      warning NL417 ingress-path-twice
      on Ingress shop/a at spec.rules.0.http.paths.1.path
      path / of all hosts appears twice in the Ingress
      help: keep one of the two backends, or give one of them another path
      see Ingress shop/a at spec.rules.0.http.paths.0.path: first here
      `,
      `
      warning NL417 ingress-path-twice
      on Ingress shop/a at spec.rules.1.http.paths.0.path
      path / of all hosts appears twice in the Ingress
      help: keep one of the two backends, or give one of them another path
      see Ingress shop/a at spec.rules.0.http.paths.0.path: first here
      `,
      `
      warning NL417 ingress-path-twice
      on Ingress shop/b at spec.rules.1.http.paths.0.path
      path / of b.example.com appears twice in the Ingress
      help: keep one of the two backends, or give one of them another path
      see Ingress shop/b at spec.rules.0.http.paths.0.path: first here
      `,
    ],
  },
  {
    name: 'silent: other hosts, paths, path types',
    input: `
      - Ingress shop/a: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }, { path: /, pathType: Exact, backend: { service: { name: web, port: { number: 80 } } } }, { path: /a, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }, { http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
    `,
    expected: [],
  },
]);
