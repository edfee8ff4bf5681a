import { gatewayClassMissing } from '../../../lib/rules/gateway/gateway-class-missing';
import { testRule } from '../expectations';

testRule(gatewayClassMissing, [
  {
    name: 'a misspelt name is an error, another one a warning',
    input: `
      - GatewayClass public: { controllerName: example.com/gateway }
      - Gateway infra/a: { gatewayClassName: pubilc }
      - Gateway infra/b: { gatewayClassName: istio }
      - Gateway infra/c: { gatewayClassName: public }
      - Gateway infra/d: {}
    `,
    expected: [
      `
      error NL434 gateway-class-missing
      on Gateway infra/a at spec.gatewayClassName
      there is no GatewayClass pubilc
      help: did you mean public?
      `,
      `
      warning NL434 gateway-class-missing
      on Gateway infra/b at spec.gatewayClassName
      there is no GatewayClass istio
      help: nothing serves the Gateway, unless the class is made elsewhere; defined is public
      `,
    ],
  },
  {
    name: 'silent: no class in the input',
    input: `
      - Gateway infra/a: { gatewayClassName: public }
    `,
    expected: [],
  },
]);
