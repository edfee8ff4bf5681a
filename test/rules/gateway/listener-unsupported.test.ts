import { listenerUnsupported } from '../../../lib/rules/gateway/listener-unsupported';
import { testRule } from '../expectations';

testRule(listenerUnsupported, [
  {
    name: 'a protocol in lower case, and kinds that it cannot serve',
    input: `
      - Gateway infra/gw:
          listeners:
            - { name: a, port: 80, protocol: http }
            - { name: b, port: 81, protocol: HTTP, allowedRoutes: { kinds: [{ kind: HTTPRoute }, { kind: TCPRoute }] } }
      - ListenerSet infra/more: { listeners: [{ name: c, port: 53, protocol: UDP, allowedRoutes: { kinds: [{ kind: HTTPRoute }] } }] }
    `,
    expected: [
      `
      error NL453 listener-unsupported
      on Gateway infra/gw at spec.listeners.1.allowedRoutes.kinds.1
      a listener of protocol HTTP allows routes of kind TCPRoute, which it cannot serve
      help: allow HTTPRoute or GRPCRoute, or leave kinds out
      `,
      `
      error NL453 listener-unsupported
      on ListenerSet infra/more at spec.listeners.0.allowedRoutes.kinds.0
      a listener of protocol UDP allows routes of kind HTTPRoute, which it cannot serve
      help: allow UDPRoute, or leave kinds out
      `,
      `
      warning NL453 listener-unsupported
      on Gateway infra/gw at spec.listeners.0.protocol
      protocol http is HTTP to recent versions of Gateway API only
      help: write HTTP: to the others case matters
      `,
    ],
  },
  {
    name: 'certificates where TLS is passed through',
    input: `
      - Gateway infra/gw:
          listeners:
            - { name: a, port: 443, protocol: TLS, tls: { mode: Passthrough, certificateRefs: [{ name: c }] } }
            - { name: b, port: 444, protocol: TLS, tls: { mode: Passthrough } }
            - { name: c, port: 445, protocol: TLS, tls: { mode: Terminate, certificateRefs: [{ name: c }] } }
    `,
    expected: [
      `
      warning NL453 listener-unsupported
      on Gateway infra/gw at spec.listeners.0.tls.certificateRefs
      a listener that passes TLS through does not use its certificates
      help: remove certificateRefs: the backend has the certificate; or set the mode to Terminate
      `,
    ],
  },
  {
    name: 'kinds of routes that do not exist',
    input: `
      - Gateway infra/gw:
          listeners:
            - { name: a, port: 80, protocol: HTTP, allowedRoutes: { kinds: [{ kind: HttpRoute }, { kind: InvalidRoute }, { kind: '' }, { group: example.com, kind: OtherRoute }] } }
    `,
    expected: [
      `
      error NL453 listener-unsupported
      on Gateway infra/gw at spec.listeners.0.allowedRoutes.kinds.0.kind
      there is no kind of route HttpRoute in the group gateway.networking.k8s.io
      help: did you mean HTTPRoute?
      `,
      `
      warning NL453 listener-unsupported
      on Gateway infra/gw at spec.listeners.0.allowedRoutes.kinds.1.kind
      there is no kind of route InvalidRoute in the group gateway.networking.k8s.io
      help: allow HTTPRoute or GRPCRoute, or leave kinds out
      `,
    ],
  },
  {
    name: 'silent: what fits, and what vendors add',
    input: `
      - Gateway infra/gw:
          listeners:
            - { name: a, port: 80, protocol: example.com/bar, allowedRoutes: { kinds: [{ kind: HTTPRoute }] } }
            - { name: b, port: 81, protocol: HTTP, allowedRoutes: { kinds: [{ kind: GRPCRoute }, { group: example.com, kind: TCPRoute }] } }
    `,
    expected: [],
  },
]);
