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
      spec has no controllerName
      help: write it as the implementation is known: example.com/gateway-controller
      `,
      `
      error NL443 gateway-class-invalid
      on GatewayClass b at spec.controllerName
      controllerName is "envoy", and must be a name under a domain
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
      parametersRef has no name
      help: add name
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
      description has 83 characters, and at most 64 are allowed
      help: shorten it
      `,
    ],
  },
]);
