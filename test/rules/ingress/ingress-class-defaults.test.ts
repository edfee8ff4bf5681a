import { ingressClassDefaults } from '../../../lib/rules/ingress/ingress-class-defaults';
import { testRule } from '../expectations';

testRule(ingressClassDefaults, [
  {
    name: 'two default classes',
    input: `
      - IngressClass b: { controller: example.com/b }
        annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }
      - IngressClass a: { controller: example.com/a }
        annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }
      - IngressClass c: { controller: example.com/c }
    `,
    expected: [
      `
      error NL411 ingress-class-defaults
      on IngressClass b at metadata.annotations.ingressclass.kubernetes.io/is-default-class
      IngressClass a is the default class as well
      help: keep the annotation ingressclass.kubernetes.io/is-default-class on one of them: which one serves Ingresses without a class is not defined
      see IngressClass a at metadata.annotations.ingressclass.kubernetes.io/is-default-class: marked as the default
      `,
    ],
  },
  {
    name: 'silent: one, and one that says no',
    input: `
      - IngressClass b: { controller: example.com/b }
        annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }
      - IngressClass a: { controller: example.com/a }
        annotations: { ingressclass.kubernetes.io/is-default-class: 'false' }
    `,
    expected: [],
  },
]);
