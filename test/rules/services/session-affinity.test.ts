import { sessionAffinity } from '../../../lib/rules/services/session-affinity';
import { testRule } from '../expectations';

testRule(sessionAffinity, [
  {
    name: 'a configuration that has no effect and no number',
    input: `
      - Service shop/a: { sessionAffinityConfig: { clientIP: { timeoutSeconds: {} } }, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL235 session-affinity
      on Service shop/a at spec.sessionAffinityConfig.clientIP.timeoutSeconds
      timeoutSeconds is an object, which is not a whole number from 1 to 86400
      help: set it to at most one day, or leave it out for three hours
      `,
    ],
  },
  {
    name: 'a word that is not known',
    input: `
      - Service shop/a: { sessionAffinity: clientIP, ports: [{ port: 80 }] }
      - Service shop/b: { sessionAffinity: Cookie, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL235 session-affinity
      on Service shop/a at spec.sessionAffinity
      sessionAffinity is "clientIP", and must be ClientIP or None
      help: write ClientIP
      `,
      `
      error NL235 session-affinity
      on Service shop/b at spec.sessionAffinity
      sessionAffinity is "Cookie", and must be ClientIP or None
      help: leave it out for None
      `,
    ],
  },
  {
    name: 'a configuration for no affinity',
    input: `
      - Service shop/a: { sessionAffinity: None, sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } }, ports: [{ port: 80 }] }
      - Service shop/b: { sessionAffinityConfig: {}, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL235 session-affinity
      on Service shop/a at spec.sessionAffinityConfig
      sessionAffinityConfig is set, and sessionAffinity is None: it has no effect
      help: set sessionAffinity: ClientIP, or remove the configuration
      `,
      `
      warning NL235 session-affinity
      on Service shop/b at spec.sessionAffinityConfig
      sessionAffinityConfig is set, and sessionAffinity is None: it has no effect
      help: set sessionAffinity: ClientIP, or remove the configuration
      `,
    ],
  },
  {
    name: 'timeouts',
    input: `
      - Service shop/a: { sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } }, ports: [{ port: 80 }] }
      - Service shop/b: { sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 86401 } }, ports: [{ port: 80 }] }
      - Service shop/c: { sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 3h } }, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL235 session-affinity
      on Service shop/a at spec.sessionAffinityConfig.clientIP.timeoutSeconds
      timeoutSeconds is 0, which is not a whole number from 1 to 86400
      help: set it to at most one day, or leave it out for three hours
      `,
      `
      error NL235 session-affinity
      on Service shop/b at spec.sessionAffinityConfig.clientIP.timeoutSeconds
      timeoutSeconds is 86401, which is not a whole number from 1 to 86400
      help: set it to at most one day, or leave it out for three hours
      `,
      `
      error NL235 session-affinity
      on Service shop/c at spec.sessionAffinityConfig.clientIP.timeoutSeconds
      timeoutSeconds is "3h", which is not a whole number from 1 to 86400
      help: set it to at most one day, or leave it out for three hours
      `,
    ],
  },
  {
    name: 'silent: none, the defaults, one day',
    input: `
      - Service shop/a: { sessionAffinity: None, ports: [{ port: 80 }] }
      - Service shop/b: { sessionAffinity: ClientIP, ports: [{ port: 80 }] }
      - Service shop/c: { sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 86400 } }, ports: [{ port: 80 }] }
      - Service shop/d: { sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: {} }, ports: [{ port: 80 }] }
      - Service shop/e: { sessionAffinity: '', sessionAffinityConfig: null, ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
