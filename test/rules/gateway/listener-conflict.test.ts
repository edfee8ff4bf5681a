import { listenerConflict } from '../../../lib/rules/gateway/listener-conflict';
import { testRule } from '../expectations';

testRule(listenerConflict, [
  {
    name: 'TCP beside HTTP, HTTPS or TLS on one port',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP, hostname: a.example.com }, { name: b, port: 80, protocol: TCP }, { name: c, port: 80, protocol: TLS, hostname: c.example.com }] }
    `,
    expected: [
      `
      error NL433 listener-conflict
      on Gateway infra/public at spec.listeners.0
      listeners b (TCP) and a (HTTP) share port 80, and TCP knows no hostnames to tell them apart
      help: none of the two has to work then: give one of them another port
      see Gateway infra/public at spec.listeners.1: in conflict with
      `,
      `
      error NL433 listener-conflict
      on Gateway infra/public at spec.listeners.2
      listeners b (TCP) and c (TLS) share port 80, and TCP knows no hostnames to tell them apart
      help: none of the two has to work then: give one of them another port
      see Gateway infra/public at spec.listeners.1: in conflict with
      `,
    ],
  },
  {
    name: 'two protocols with one hostname',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 443, protocol: HTTPS }, { name: b, port: 443, protocol: TLS }, { name: c, port: 444, protocol: HTTPS, hostname: c.example.com }, { name: d, port: 444, protocol: TLS, hostname: c.example.com }] }
    `,
    expected: [
      `
      error NL433 listener-conflict
      on Gateway infra/public at spec.listeners.1
      listeners a (HTTPS) and b (TLS) share port 443 and have no hostname
      help: none of the two has to work then: give one of them another port
      see Gateway infra/public at spec.listeners.0: in conflict with
      `,
      `
      error NL433 listener-conflict
      on Gateway infra/public at spec.listeners.3
      listeners c (HTTPS) and d (TLS) share port 444 and hostname c.example.com
      help: none of the two has to work then: give one of them another port
      see Gateway infra/public at spec.listeners.2: in conflict with
      `,
    ],
  },
  {
    name: 'silent: other hostnames, UDP beside TCP, other ports, what the API server refuses',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 443, protocol: HTTPS, hostname: a.example.com }, { name: b, port: 443, protocol: TLS, hostname: b.example.com }, { name: c, port: 443, protocol: UDP }, { name: d, port: 53, protocol: TCP }, { name: e, port: 53, protocol: UDP }, { name: f, port: 80, protocol: HTTP }, { name: g, port: 80, protocol: HTTP }, { name: h, protocol: HTTP }] }
    `,
    expected: [],
  },
  {
    name: 'a ListenerSet with what the Gateway has',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: web, port: 80, protocol: HTTP }, { name: dns, port: 53, protocol: UDP }] }
      - ListenerSet shop/more: { parentRef: { name: public, namespace: infra }, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: b, port: 53, protocol: UDP }, { name: c, port: 80, protocol: HTTP, hostname: c.example.com }] }
    `,
    expected: [
      `
      error NL433 listener-conflict
      on ListenerSet shop/more at spec.listeners.0
      listener a has the port and the hostname of listener web of Gateway infra/public
      help: give it another hostname or another port
      see Gateway infra/public at spec.listeners.0: which goes first
      `,
      `
      error NL433 listener-conflict
      on ListenerSet shop/more at spec.listeners.1
      listener b has the port and the hostname of listener dns of Gateway infra/public
      help: give it another hostname or another port
      see Gateway infra/public at spec.listeners.1: which goes first
      `,
    ],
  },
  {
    name: 'silent: a ListenerSet of another Gateway, and one with other ports',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: web, port: 80, protocol: HTTP }] }
      - ListenerSet shop/a: { parentRef: { name: public }, listeners: [{ name: a, port: 80, protocol: HTTP }] }
      - ListenerSet shop/b: { parentRef: { name: public, namespace: infra }, listeners: [{ name: a, port: 81, protocol: HTTP }, { name: b, protocol: HTTP }] }
    `,
    expected: [],
  },
  {
    name: 'one port with TLS and without, and two sets that add one listener',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP, hostname: a.example.com }, { name: b, port: 80, protocol: https, hostname: b.example.com }, { name: c, port: 443, protocol: HTTPS }, { name: d, port: 443, protocol: TLS, hostname: d.example.com }] }
      - ListenerSet shop/a: { parentRef: { name: public, namespace: infra }, listeners: [{ name: x, port: 8080, protocol: HTTP, hostname: x.example.com }] }
      - ListenerSet shop/b: { parentRef: { name: public, namespace: infra }, listeners: [{ name: y, port: 8080, protocol: HTTP, hostname: x.example.com }, { name: z, port: 8080, protocol: HTTP }] }
      - ListenerSet shop/c: { parentRef: { name: other, namespace: infra }, listeners: [{ name: y, port: 8080, protocol: HTTP, hostname: x.example.com }] }
    `,
    expected: [
      `
      error NL433 listener-conflict
      on ListenerSet shop/b at spec.listeners.0
      listener y has the port and the hostname of listener x, which ListenerSet shop/a adds to Gateway infra/public too
      help: give one of them another hostname or another port: the one that was made later is refused
      see ListenerSet shop/a at spec.listeners.0: the other listener
      `,
      `
      warning NL433 listener-conflict
      on Gateway infra/public at spec.listeners.1
      listeners a (HTTP) and b (HTTPS) share port 80, one of them with TLS and the other without
      help: none of the two has to work then: give one of them another port
      see Gateway infra/public at spec.listeners.0: in conflict with
      `,
    ],
  },
]);
