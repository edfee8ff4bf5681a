import { redirectLoop } from '../../../lib/rules/gateway/redirect-loop';
import { testRule } from '../expectations';

const GATEWAY = `
      - Gateway shop/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }, { name: https, port: 443, protocol: HTTPS }] }`;

testRule(redirectLoop, [
  {
    name: 'to https also for what comes by https, and to nowhere else',
    input: `${GATEWAY}
      - HTTPRoute shop/a: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https, statusCode: 301 } }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public, sectionName: http }], hostnames: [b.example.com], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { hostname: b.example.com } }] }] }
    `,
    expected: [
      `
      warning NL447 redirect-loop
      on HTTPRoute shop/a at spec.rules.0.filters.0
      requests of listener https (HTTPS, port 443) are redirected to the same address, without end
      help: name in sectionName the listener whose requests are to be redirected, that of HTTP as a rule
      see HTTPRoute shop/a at spec.parentRefs.0: where the route attaches
      see Gateway shop/public at spec.listeners.1: listener of Gateway shop/public
      `,
      `
      warning NL447 redirect-loop
      on HTTPRoute shop/b at spec.rules.0.filters.0
      requests of listener http (HTTP, port 80) are redirected to the same address, without end
      help: name in sectionName the listener whose requests are to be redirected, that of HTTP as a rule
      see HTTPRoute shop/b at spec.parentRefs.0: where the route attaches
      see Gateway shop/public at spec.listeners.0: listener of Gateway shop/public
      `,
    ],
  },
  {
    name: 'silent: another scheme, port, host or path, and requests with a header',
    input: `${GATEWAY}
      - HTTPRoute shop/a: { parentRefs: [{ name: public, sectionName: http }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { port: 8443 } }] }] }
      - HTTPRoute shop/c: { parentRefs: [{ name: public }], hostnames: [c.example.com, d.example.com], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { hostname: d.example.com } }] }] }
      - HTTPRoute shop/d: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { path: { type: ReplaceFullPath, replaceFullPath: /d } } }] }] }
      - HTTPRoute shop/e: { parentRefs: [{ name: public }], rules: [{ matches: [{ headers: [{ name: X-Forwarded-Proto, value: http }] }], filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }] }
    `,
    expected: [],
  },
]);
