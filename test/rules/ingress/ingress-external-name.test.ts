import { ingressExternalName } from '../../../lib/rules/ingress/ingress-external-name';
import { testRule } from '../expectations';

testRule(ingressExternalName, [
  {
    name: 'a Service without ports',
    input: `
      - Service shop/web: { type: ExternalName, externalName: example.com }
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
    `,
    expected: [
      `
      warning NL416 ingress-external-name
      on Ingress shop/a at spec.defaultBackend.service.name
      Service web is of type ExternalName and has no ports
      help: give it the port, and see that the controller allows ExternalName: several refuse it unless told otherwise
      see Service shop/web at spec.type: the Service
      `,
    ],
  },
  {
    name: 'silent: with ports, in another namespace, of another type',
    input: `
      - Service shop/web: { type: ExternalName, externalName: example.com, ports: [{ port: 80 }] }
      - Service api/web: { type: ExternalName, externalName: example.com }
      - Service web/web: { clusterIP: None }
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
      - Ingress web/a: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
    `,
    expected: [],
  },
]);
