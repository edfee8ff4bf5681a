import { backendTlsPolicyTarget } from '../../../lib/rules/gateway/backend-tls-policy-target';
import { testRule } from '../expectations';

testRule(backendTlsPolicyTarget, [
  {
    name: 'Services that are not there',
    input: `
      - Service shop/web: { ports: [{ name: https, port: 443 }] }
      - Service pay/billing: { ports: [{ port: 443 }] }
      - BackendTLSPolicy shop/a: { targetRefs: [{ group: '', kind: Service, name: wbe }, { group: '', kind: Service, name: billing }, { group: '', kind: Service, name: nothing }] }
    `,
    expected: [
      `
      error NL481 backend-tls-policy-target
      on BackendTLSPolicy shop/a at spec.targetRefs.1.name
      there is no Service billing in namespace shop
      help: it exists in pay: the policy has to be there as well
      `,
      `
      error NL481 backend-tls-policy-target
      on BackendTLSPolicy shop/a at spec.targetRefs.0.name
      there is no Service wbe in namespace shop
      help: did you mean web?
      `,
      `
      warning NL481 backend-tls-policy-target
      on BackendTLSPolicy shop/a at spec.targetRefs.2.name
      there is no Service nothing in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'a namespace whose Services are all elsewhere',
    input: `
      - BackendTLSPolicy shop/a: { targetRefs: [{ group: '', kind: Service, name: web }] }
    `,
    expected: [
      `
      info NL481 backend-tls-policy-target
      on BackendTLSPolicy shop/a at spec.targetRefs.0.name
      there is no Service web in namespace shop
      help: check the name, unless the Service is made elsewhere
      `,
    ],
  },
  {
    name: 'ports that are not there',
    input: `
      - Service shop/web: { ports: [{ name: https, port: 443 }] }
      - Service shop/bare: { ports: [{ port: 443 }] }
      - BackendTLSPolicy shop/a: { targetRefs: [{ group: '', kind: Service, name: web, sectionName: '443' }] }
      - BackendTLSPolicy shop/b: { targetRefs: [{ group: '', kind: Service, name: bare, sectionName: https }] }
    `,
    expected: [
      `
      error NL481 backend-tls-policy-target
      on BackendTLSPolicy shop/a at spec.targetRefs.0.sectionName
      Service shop/web has no port with the name 443
      help: sectionName is the name of the port: https
      see Service shop/web at spec.ports: its ports
      `,
      `
      error NL481 backend-tls-policy-target
      on BackendTLSPolicy shop/b at spec.targetRefs.0.sectionName
      Service shop/bare has no port with the name https
      help: sectionName is the name of a port of the Service, which has 443
      see Service shop/bare at spec.ports: its ports
      `,
    ],
  },
  {
    name: 'silent: what is there, and other kinds',
    input: `
      - Service shop/web: { ports: [{ name: https, port: 443 }] }
      - BackendTLSPolicy shop/a: { targetRefs: [{ group: '', kind: Service, name: web, sectionName: https }] }
      - BackendTLSPolicy shop/b: { targetRefs: [{ group: '', kind: Service, name: web }, { group: example.com, kind: Backend, name: x }] }
    `,
    expected: [],
  },
]);
