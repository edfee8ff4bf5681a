import { backendTlsPolicyConflict } from '../../../lib/rules/gateway/backend-tls-policy-conflict';
import { testRule } from '../expectations';

testRule(backendTlsPolicyConflict, [
  {
    name: 'one target of two policies',
    input: `
      - BackendTLSPolicy shop/a: { targetRefs: [{ group: '', kind: Service, name: web }, { group: '', kind: Service, name: api, sectionName: https }] }
      - BackendTLSPolicy shop/b: { targetRefs: [{ group: '', kind: Service, name: web }] }
      - BackendTLSPolicy shop/c: { targetRefs: [{ group: '', kind: Service, name: api, sectionName: https }] }
    `,
    expected: [
      `
      warning NL482 backend-tls-policy-conflict
      on BackendTLSPolicy shop/b at spec.targetRefs.0
      BackendTLSPolicy shop/a is for all ports of Service web too
      help: keep one of them: the one that was made later has no effect
      see BackendTLSPolicy shop/a at spec.targetRefs.0: the other policy
      `,
      `
      warning NL482 backend-tls-policy-conflict
      on BackendTLSPolicy shop/c at spec.targetRefs.0
      BackendTLSPolicy shop/a is for port https of Service api too
      help: keep one of them: the one that was made later has no effect
      see BackendTLSPolicy shop/a at spec.targetRefs.1: the other policy
      `,
    ],
  },
  {
    name: 'silent: other ports, other namespaces, and a policy that says it twice, which is refused',
    input: `
      - BackendTLSPolicy shop/a: { targetRefs: [{ group: '', kind: Service, name: web, sectionName: a }] }
      - BackendTLSPolicy shop/b: { targetRefs: [{ group: '', kind: Service, name: web, sectionName: b }] }
      - BackendTLSPolicy shop/c: { targetRefs: [{ group: '', kind: Service, name: web }] }
      - BackendTLSPolicy pay/a: { targetRefs: [{ group: '', kind: Service, name: web, sectionName: a }, { group: '', kind: Service, name: web, sectionName: a }] }
    `,
    expected: [],
  },
]);
