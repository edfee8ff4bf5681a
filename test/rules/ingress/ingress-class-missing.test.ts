import { ingressClassMissing } from '../../../lib/rules/ingress/ingress-class-missing';
import { testRule } from '../expectations';

testRule(ingressClassMissing, [
  {
    name: 'a misspelt name is an error, another one a warning',
    input: `
      - IngressClass public: { controller: example.com/public }
      - Ingress shop/a: { ingressClassName: pubilc }
      - Ingress shop/b: { ingressClassName: gce }
    `,
    expected: [
      `
      error NL419 ingress-class-missing
      on Ingress shop/a at spec.ingressClassName
      there is no IngressClass pubilc
      help: did you mean public?
      `,
      `
      warning NL419 ingress-class-missing
      on Ingress shop/b at spec.ingressClassName
      there is no IngressClass gce
      help: no controller serves the Ingress, unless the class is made elsewhere; defined is public
      `,
    ],
  },
  {
    name: 'silent: no class in the input, classes that are there, annotations',
    input: `
      - Ingress shop/a: { ingressClassName: public }
    `,
    expected: [],
  },
  {
    name: 'silent: classes that are there, annotations, none',
    input: `
      - IngressClass public: { controller: example.com/public }
      - Ingress shop/a: { ingressClassName: public }
      - Ingress shop/b: {}
        annotations: { kubernetes.io/ingress.class: gce }
      - Ingress shop/c: {}
    `,
    expected: [],
  },
]);
