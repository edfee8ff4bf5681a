import { ingressWithoutTls } from '../../../lib/rules/ingress/ingress-without-tls';
import { testRule } from '../expectations';

testRule(ingressWithoutTls, [
  {
    name: 'a host without TLS is told once',
    input: `
      - Ingress shop/a: { rules: [{}, { host: a.example.com }, { host: b.example.com }] }
    `,
    expected: [
      `
      info NL408 ingress-without-tls
      on Ingress shop/a at spec
      a.example.com is served without TLS
      help: add an entry to spec.tls, unless TLS ends at a load balancer in front of the controller
      `,
    ],
  },
  {
    name: 'silent: with TLS, and without a host',
    input: `
      - Ingress shop/a: { rules: [{ host: a.example.com }], tls: [{}] }
      - Ingress shop/b: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: old, namespace: shop }, spec: {} }
    `,
    expected: [],
  },
]);
