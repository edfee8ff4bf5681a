import { ingressNginxSnippet } from '../../../lib/rules/ingress/ingress-nginx-snippet';
import { testRule } from '../expectations';

testRule(ingressNginxSnippet, [
  {
    name: 'every snippet',
    input: `
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
        annotations: { nginx.ingress.kubernetes.io/server-snippet: 'deny all;', nginx.ingress.kubernetes.io/configuration-snippet: 'deny all;' }
    `,
    expected: [
      `
      warning NL414 ingress-nginx-snippet
      on Ingress shop/a at metadata.annotations.nginx.ingress.kubernetes.io/configuration-snippet
      nginx.ingress.kubernetes.io/configuration-snippet is off by default in ingress-nginx: anyone who can write it can read the Secrets of all namespaces
      help: use the annotation that is made for the purpose, or a filter of a Gateway API route: nothing else than ingress-nginx, which is retired, knows snippets
      `,
      `
      warning NL414 ingress-nginx-snippet
      on Ingress shop/a at metadata.annotations.nginx.ingress.kubernetes.io/server-snippet
      nginx.ingress.kubernetes.io/server-snippet is off by default in ingress-nginx: anyone who can write it can read the Secrets of all namespaces
      help: use the annotation that is made for the purpose, or a filter of a Gateway API route: nothing else than ingress-nginx, which is retired, knows snippets
      `,
    ],
  },
  {
    name: 'silent: empty ones, other annotations, other kinds',
    input: `
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
        annotations: { nginx.ingress.kubernetes.io/server-snippet: '', nginx.ingress.kubernetes.io/rewrite-target: / }
      - Service shop/a: {}
        annotations: { nginx.ingress.kubernetes.io/server-snippet: 'deny all;' }
    `,
    expected: [],
  },
]);
