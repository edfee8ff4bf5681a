import { ingressClassTwice } from '../../../lib/rules/ingress/ingress-class-twice';
import { testRule } from '../expectations';

testRule(ingressClassTwice, [
  {
    name: 'two classes, and one class twice, for a version that is not known',
    input: `
      - Ingress shop/a: { ingressClassName: public }
        annotations: { kubernetes.io/ingress.class: internal }
      - Ingress shop/b: { ingressClassName: public }
        annotations: { kubernetes.io/ingress.class: public }
    `,
    expected: [
      `
      error NL409 ingress-class-twice
      on Ingress shop/a at metadata.annotations.kubernetes.io/ingress.class
      the annotation kubernetes.io/ingress.class says "internal", spec.ingressClassName says "public"
      help: keep the right one, in spec.ingressClassName: an Ingress with both is refused when it is made
      `,
      `
      error NL409 ingress-class-twice
      on Ingress shop/b at metadata.annotations.kubernetes.io/ingress.class
      class public is set in the annotation kubernetes.io/ingress.class and in spec.ingressClassName
      help: remove the annotation, which is deprecated: clusters before 1.27 refuse an Ingress that has both
      `,
    ],
  },
  {
    name: 'equal ones are accepted since 1.27',
    input: `
      - Ingress shop/a: { ingressClassName: public }
        annotations: { kubernetes.io/ingress.class: internal }
      - Ingress shop/b: { ingressClassName: public }
        annotations: { kubernetes.io/ingress.class: public }
    `,
    facts: { kubernetesVersion: 'v1.27.3' },
    expected: [
      `
      error NL409 ingress-class-twice
      on Ingress shop/a at metadata.annotations.kubernetes.io/ingress.class
      the annotation kubernetes.io/ingress.class says "internal", spec.ingressClassName says "public"
      help: keep the right one, in spec.ingressClassName: an Ingress with both is refused when it is made
      `,
      `
      warning NL409 ingress-class-twice
      on Ingress shop/b at metadata.annotations.kubernetes.io/ingress.class
      class public is set in the annotation kubernetes.io/ingress.class and in spec.ingressClassName
      help: remove the annotation, which is deprecated: clusters before 1.27 refuse an Ingress that has both
      `,
    ],
  },
  {
    name: 'equal ones are refused before',
    input: `
      - Ingress shop/b: { ingressClassName: public }
        annotations: { kubernetes.io/ingress.class: public }
    `,
    facts: { kubernetesVersion: '1.26' },
    expected: [
      `
      error NL409 ingress-class-twice
      on Ingress shop/b at metadata.annotations.kubernetes.io/ingress.class
      class public is set in the annotation kubernetes.io/ingress.class and in spec.ingressClassName
      help: remove the annotation, which is deprecated: clusters before 1.27 refuse an Ingress that has both
      `,
    ],
  },
  {
    name: 'silent: one of the two',
    input: `
      - Ingress shop/a: { ingressClassName: public }
        annotations: { other: public }
      - Ingress shop/b: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
        annotations: { kubernetes.io/ingress.class: public }
    `,
    expected: [],
  },
]);
