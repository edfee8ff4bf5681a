import { ingressClassInvalid } from '../../../lib/rules/ingress/ingress-class-invalid';
import { testRule } from '../expectations';

const PARAMETERS = 'give apiGroup, kind and name of the object that holds the parameters';

testRule(ingressClassInvalid, [
  {
    name: 'controllers',
    input: `
      - IngressClass a: { controller: traefik }
      - IngressClass b: {}
      - IngressClass c: { controller: Example.com/ingress }
      - IngressClass d: { controller: example.com/a b }
      - IngressClass e: { controller: example.com/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx }
    `,
    expected: [
      `
      error NL410 ingress-class-invalid
      on IngressClass a at spec.controller
      controller "traefik" is not a path under a domain
      help: write it as the controller is known: example.com/ingress-controller
      `,
      `
      error NL410 ingress-class-invalid
      on IngressClass b at spec.controller
      the class names no controller
      help: write it as the controller is known: example.com/ingress-controller
      `,
      `
      error NL410 ingress-class-invalid
      on IngressClass c at spec.controller
      controller "Example.com/ingress" is not a path under a domain
      help: write it as the controller is known: example.com/ingress-controller
      `,
      `
      error NL410 ingress-class-invalid
      on IngressClass d at spec.controller
      controller "example.com/a b" is not a path under a domain
      help: write it as the controller is known: example.com/ingress-controller
      `,
      `
      error NL410 ingress-class-invalid
      on IngressClass e at spec.controller
      the controller has 252 characters, more than 250
      help: use the name that the controller is known by
      `,
    ],
  },
  {
    name: 'parameters',
    input: `
      - IngressClass a: { controller: example.com/ingress, parameters: {} }
      - IngressClass b: { controller: example.com/ingress, parameters: { kind: K, name: n, scope: Namespace } }
      - IngressClass c: { controller: example.com/ingress, parameters: { kind: K, name: n, namespace: shop } }
      - IngressClass d: { controller: example.com/ingress, parameters: { kind: K, name: n, scope: Global } }
    `,
    expected: [
      `
      error NL410 ingress-class-invalid
      on IngressClass a at spec.parameters.kind
      kind is missing in the parameters
      help: give apiGroup, kind and name of the object that holds the parameters
      `,
      `
      error NL410 ingress-class-invalid
      on IngressClass a at spec.parameters.name
      name is missing in the parameters
      help: give apiGroup, kind and name of the object that holds the parameters
      `,
      `
      error NL410 ingress-class-invalid
      on IngressClass b at spec.parameters.namespace
      parameters of scope Namespace need a namespace
      help: give the namespace of the object
      `,
      `
      error NL410 ingress-class-invalid
      on IngressClass c at spec.parameters.namespace
      parameters of scope Cluster must not have a namespace, and these have "shop"
      help: set scope to Namespace, or leave the namespace out
      `,
      `
      error NL410 ingress-class-invalid
      on IngressClass d at spec.parameters.scope
      there is no scope "Global"
      help: use Cluster or Namespace
      `,
    ],
  },
  {
    name: 'names that cannot be, and empty ones',
    input: `
      - IngressClass a: { controller: example.com/ingress, parameters: { apiGroup: example.com/v1, kind: a/b, name: 'n%' } }
      - IngressClass b: { controller: example.com/ingress, parameters: { apiGroup: '', kind: K, name: n, scope: '' } }
      - IngressClass c: { controller: example.com/ingress, parameters: { kind: K, name: n, scope: Namespace, namespace: Shop } }
      - IngressClass d: { controller: example.com/ingress, parameters: { kind: K, name: n, scope: Cluster, namespace: '' } }
    `,
    expected: [
      ['a', 'apiGroup', 'apiGroup "example.com/v1" is not the name of an API group', PARAMETERS],
      ['a', 'kind', 'kind "a/b" is not the kind of an object: it would not fit into an address', PARAMETERS],
      ['a', 'name', 'name "n%" is not the name of an object: it would not fit into an address', PARAMETERS],
      ['b', 'apiGroup', 'apiGroup "" is not the name of an API group', PARAMETERS],
      ['b', 'scope', 'there is no scope ""', 'use Cluster or Namespace'],
      [
        'c',
        'namespace',
        '"Shop" is not the name of a namespace',
        'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
      ],
      [
        'd',
        'namespace',
        'parameters of scope Cluster must not have a namespace, and these have ""',
        'set scope to Namespace, or leave the namespace out',
      ],
    ].map(
      ([name, field, message, help]) => `
      error NL410 ingress-class-invalid
      on IngressClass ${name} at spec.parameters.${field}
      ${message}
      help: ${help}
      `,
    ),
  },
  {
    name: 'silent: what is right',
    input: `
      - IngressClass a: { controller: k8s.io/ingress-nginx }
      - IngressClass b: { controller: example.com/a/b, parameters: { apiGroup: example.com, kind: K, name: n, scope: Namespace, namespace: shop } }
      - IngressClass c: { controller: example.com/a, parameters: { kind: K, name: n, scope: Cluster } }
    `,
    expected: [],
  },
]);
