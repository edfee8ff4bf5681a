import { gatewayClassInvalid } from '../../../lib/rules/gateway/gateway-class-invalid';
import { testRule } from '../expectations';

testRule(gatewayClassInvalid, [
  {
    name: 'controllers',
    input: `
      - GatewayClass a: {}
      - GatewayClass b: { controllerName: envoy }
    `,
    expected: [
      `
      error NL443 gateway-class-invalid
      on GatewayClass a at spec.controllerName
      the class names no controller
      help: write it as the implementation is known: example.com/gateway-controller
      `,
      `
      error NL443 gateway-class-invalid
      on GatewayClass b at spec.controllerName
      controllerName "envoy" is not a path under a domain
      help: write it as the implementation is known: example.com/gateway-controller
      `,
    ],
  },
  {
    name: 'parameters',
    input: `
      - GatewayClass a: { controllerName: example.com/gateway, parametersRef: { group: '', kind: ConfigMap } }
    `,
    expected: [
      `
      error NL443 gateway-class-invalid
      on GatewayClass a at spec.parametersRef.name
      the parametersRef has no name
      help: give group, kind and name of the object that holds the parameters
      `,
    ],
  },
  {
    name: 'silent: what is right',
    input: `
      - GatewayClass a: { controllerName: gateway.envoyproxy.io/gatewayclass-controller }
      - GatewayClass b: { controllerName: example.com/a, parametersRef: { group: '', kind: ConfigMap, name: c } }
    `,
    expected: [],
  },
  {
    name: 'a description that is too long',
    input:
      '- GatewayClass public: { controllerName: example.com/gateway, description: "A class whose description says more than the sixty-four characters that it may have" }',
    expected: [
      `
      error NL443 gateway-class-invalid
      on GatewayClass public at spec.description
      the description has 83 characters, more than 64
      help: shorten it
      `,
    ],
  },
]);
