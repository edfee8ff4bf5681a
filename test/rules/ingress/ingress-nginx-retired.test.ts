import { ingressNginxRetired } from '../../../lib/rules/ingress/ingress-nginx-retired';
import { testRule } from '../expectations';

testRule(ingressNginxRetired, [
  {
    name: 'a class that an Ingress uses: a warning',
    input: `
      - IngressClass nginx: { controller: k8s.io/ingress-nginx }
      - Ingress shop/a: { ingressClassName: nginx, defaultBackend: { service: { name: web, port: { number: 80 } } } }
    `,
    expected: [
      `
      warning NL415 ingress-nginx-retired
      on IngressClass nginx at spec.controller
      ingress-nginx is retired: it gets no security fixes since March 2026
      help: move to Gateway API or to another controller; both can run beside it, each with a class of its own
      `,
    ],
  },
  {
    name: 'a class that no Ingress of the input uses: a remark',
    input: `
      - IngressClass nginx: { controller: k8s.io/ingress-nginx }
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
    `,
    expected: [
      `
      info NL415 ingress-nginx-retired
      on IngressClass nginx at spec.controller
      ingress-nginx is retired: it gets no security fixes since March 2026
      help: move to Gateway API or to another controller; both can run beside it, each with a class of its own
      `,
    ],
  },
  {
    name: 'silent: other controllers, whatever the name of the class',
    input: `
      - IngressClass nginx: { controller: nginx.org/ingress-controller }
    `,
    expected: [],
  },
]);
