import { gatewayInvalid } from '../../../lib/rules/gateway/gateway-invalid';
import { testRule } from '../expectations';

testRule(gatewayInvalid, [
  {
    name: 'no class, no listeners',
    input: `
      - Gateway infra/public: {}
      - Gateway infra/other: { gatewayClassName: c, listeners: [] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/other at spec.listeners
      listeners is empty
      help: name at least one
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.gatewayClassName
      spec has no gatewayClassName
      help: add gatewayClassName: kubectl get gatewayclass lists those of a cluster
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners
      spec has no listeners
      help: add listeners
      `,
    ],
  },
  {
    name: 'more listeners and addresses than there may be',
    input: `
      - Gateway infra/public: { gatewayClassName: c, addresses: [{ value: 192.0.2.0 }, { value: 192.0.2.1 }, { value: 192.0.2.2 }, { value: 192.0.2.3 }, { value: 192.0.2.4 }, { value: 192.0.2.5 }, { value: 192.0.2.6 }, { value: 192.0.2.7 }, { value: 192.0.2.8 }, { value: 192.0.2.9 }, { value: 192.0.2.10 }, { value: 192.0.2.11 }, { value: 192.0.2.12 }, { value: 192.0.2.13 }, { value: 192.0.2.14 }, { value: 192.0.2.15 }, { value: 192.0.2.16 }], listeners: [{ name: l0, port: 1, protocol: TCP }, { name: l1, port: 2, protocol: TCP }, { name: l2, port: 3, protocol: TCP }, { name: l3, port: 4, protocol: TCP }, { name: l4, port: 5, protocol: TCP }, { name: l5, port: 6, protocol: TCP }, { name: l6, port: 7, protocol: TCP }, { name: l7, port: 8, protocol: TCP }, { name: l8, port: 9, protocol: TCP }, { name: l9, port: 10, protocol: TCP }, { name: l10, port: 11, protocol: TCP }, { name: l11, port: 12, protocol: TCP }, { name: l12, port: 13, protocol: TCP }, { name: l13, port: 14, protocol: TCP }, { name: l14, port: 15, protocol: TCP }, { name: l15, port: 16, protocol: TCP }, { name: l16, port: 17, protocol: TCP }, { name: l17, port: 18, protocol: TCP }, { name: l18, port: 19, protocol: TCP }, { name: l19, port: 20, protocol: TCP }, { name: l20, port: 21, protocol: TCP }, { name: l21, port: 22, protocol: TCP }, { name: l22, port: 23, protocol: TCP }, { name: l23, port: 24, protocol: TCP }, { name: l24, port: 25, protocol: TCP }, { name: l25, port: 26, protocol: TCP }, { name: l26, port: 27, protocol: TCP }, { name: l27, port: 28, protocol: TCP }, { name: l28, port: 29, protocol: TCP }, { name: l29, port: 30, protocol: TCP }, { name: l30, port: 31, protocol: TCP }, { name: l31, port: 32, protocol: TCP }, { name: l32, port: 33, protocol: TCP }, { name: l33, port: 34, protocol: TCP }, { name: l34, port: 35, protocol: TCP }, { name: l35, port: 36, protocol: TCP }, { name: l36, port: 37, protocol: TCP }, { name: l37, port: 38, protocol: TCP }, { name: l38, port: 39, protocol: TCP }, { name: l39, port: 40, protocol: TCP }, { name: l40, port: 41, protocol: TCP }, { name: l41, port: 42, protocol: TCP }, { name: l42, port: 43, protocol: TCP }, { name: l43, port: 44, protocol: TCP }, { name: l44, port: 45, protocol: TCP }, { name: l45, port: 46, protocol: TCP }, { name: l46, port: 47, protocol: TCP }, { name: l47, port: 48, protocol: TCP }, { name: l48, port: 49, protocol: TCP }, { name: l49, port: 50, protocol: TCP }, { name: l50, port: 51, protocol: TCP }, { name: l51, port: 52, protocol: TCP }, { name: l52, port: 53, protocol: TCP }, { name: l53, port: 54, protocol: TCP }, { name: l54, port: 55, protocol: TCP }, { name: l55, port: 56, protocol: TCP }, { name: l56, port: 57, protocol: TCP }, { name: l57, port: 58, protocol: TCP }, { name: l58, port: 59, protocol: TCP }, { name: l59, port: 60, protocol: TCP }, { name: l60, port: 61, protocol: TCP }, { name: l61, port: 62, protocol: TCP }, { name: l62, port: 63, protocol: TCP }, { name: l63, port: 64, protocol: TCP }, { name: l64, port: 65, protocol: TCP }] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.addresses
      addresses has 17 items, and at most 16 are allowed
      help: spread them over several rules or objects
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners
      listeners has 65 items, and at most 64 are allowed
      help: spread them over several rules or objects
      `,
    ],
  },
  {
    name: 'one address twice',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }], addresses: [{ value: 192.0.2.1 }, { type: IPAddress, value: 192.0.2.1 }, { type: Hostname, value: 192.0.2.1 }, {}, {}] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.addresses.1.value
      the address 192.0.2.1 appears twice
      help: remove one of the two
      `,
    ],
  },
  {
    name: 'what a listener needs',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{}, { name: My_Listener, port: 70000, protocol: HTTP }] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.0.name
      item 1 of listeners has no name
      help: add name
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.0.port
      item 1 of listeners has no port
      help: add port
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.0.protocol
      item 1 of listeners has no protocol
      help: add protocol
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.1.name
      name is "My_Listener", and must be a DNS name
      help: use lower-case letters, digits, hyphens and dots
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.1.port
      port is 70000, and must be a whole number from 1 to 65535
      help: write a whole number from 1 to 65535
      `,
    ],
  },
  {
    name: 'tls by protocol',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 1, protocol: HTTP, tls: { certificateRefs: [{ name: c }] } }, { name: b, port: 2, protocol: TCP, tls: {} }, { name: c, port: 3, protocol: HTTPS, tls: { mode: Passthrough } }, { name: d, port: 4, protocol: TLS }, { name: e, port: 5, protocol: TLS, tls: {} }, { name: f, port: 6, protocol: HTTPS, tls: { mode: Terminate, options: {} } }, { name: g, port: 7, protocol: TLS, tls: { mode: passthrough } }] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.0.tls
      a listener of protocol HTTP must not have tls
      help: did you mean protocol HTTPS?
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.1.tls
      a listener of protocol TCP must not have tls
      help: use protocol TLS, or remove tls
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.3.tls
      a listener of protocol TLS has to say its tls.mode
      help: set tls.mode to Passthrough, or to Terminate together with tls.certificateRefs
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.6.tls.mode
      mode is "passthrough", and must be Terminate or Passthrough
      help: write Terminate or Passthrough: case matters
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.2.tls.mode
      the tls.mode of a listener of protocol HTTPS is Passthrough, and must be Terminate
      help: use protocol TLS and a TLSRoute to pass TLS through
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.4.tls
      tls.mode Terminate needs a certificate
      help: give tls.certificateRefs, or the tls.options that your implementation knows
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.5.tls
      tls.mode Terminate needs a certificate
      help: give tls.certificateRefs, or the tls.options that your implementation knows
      `,
    ],
  },
  {
    name: 'hostnames',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 1, protocol: TCP, hostname: a.example.com }, { name: b, port: 2, protocol: HTTP, hostname: 'a.example.com:80' }, { name: c, port: 3, protocol: HTTP, hostname: 192.0.2.1 }] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.0.hostname
      a listener of protocol TCP must not have a hostname
      help: remove the hostname: TCP knows no hosts
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.2.hostname
      hostname "192.0.2.1" is not a host name
      help: hosts are told apart by name: use a DNS name, or leave the host out for all hosts
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.1.hostname
      hostname "a.example.com:80" is not a host name
      help: did you mean a.example.com?
      `,
    ],
  },
  {
    name: 'names, and port, protocol and hostname, that appear twice',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: a, port: 81, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }, { name: c, port: 82, protocol: HTTP, hostname: c.example.com }, { name: d, port: 82, protocol: HTTP, hostname: c.example.com }] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.2
      listeners a and b have the same port, protocol and hostname: 80, HTTP, all hosts
      help: give them different hostnames, or make one listener of the two
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.4
      listeners c and d have the same port, protocol and hostname: 82, HTTP, c.example.com
      help: give them different hostnames, or make one listener of the two
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.1.name
      two items of listeners have the name a
      help: keep one of them, or rename it
      `,
    ],
  },
  {
    name: 'allowed routes',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 1, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector } } }, { name: b, port: 2, protocol: HTTP, allowedRoutes: { namespaces: { from: all } } }, { name: c, port: 3, protocol: HTTP, allowedRoutes: { kinds: [{ kind: HTTPRoute }, { kind: HTTPRoute }, { kind: HTTPRoute }, { kind: HTTPRoute }, { kind: HTTPRoute }, { kind: HTTPRoute }, { kind: HTTPRoute }, { kind: HTTPRoute }, { kind: HTTPRoute }] } }] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.1.allowedRoutes.namespaces.from
      from is "all", and must be All, Selector or Same
      help: write All, Selector or Same: case matters
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.2.allowedRoutes.kinds
      kinds has 9 items, and at most 8 are allowed
      help: spread them over several rules or objects
      `,
      `
      warning NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.0.allowedRoutes.namespaces.selector
      allowedRoutes.namespaces.from is Selector, and there is no selector: no namespace may attach routes
      help: give the labels of the namespaces in allowedRoutes.namespaces.selector
      `,
    ],
  },
  {
    name: 'silent: what is right, HTTPS whose certificate stands elsewhere, protocols of a vendor',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP, hostname: '*.example.com' }, { name: c, port: 443, protocol: HTTPS }, { name: d, port: 444, protocol: HTTPS, tls: { options: { example.com/cert: x } } }, { name: e, port: 445, protocol: TLS, tls: { mode: Passthrough } }, { name: f, port: 53, protocol: UDP }, { name: g, port: 53, protocol: TCP }, { name: h, port: 90, protocol: example.com/x, tls: { certificateRefs: [{ name: c }] } }, { name: i, port: 91, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: {} } } }] }
    `,
    expected: [],
  },
  {
    name: 'an address that is none',
    input: `
      - Gateway infra/public: { gatewayClassName: c, addresses: [{ value: 10.0.0.300 }, { type: Hostname, value: a.example.com }, { type: example.com/x, value: y }, {}], listeners: [{ name: a, port: 80, protocol: HTTP }] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.addresses.0.value
      address of type IPAddress: 10.0.0.300 has the octet 300, above 255
      help: write four decimal octets from 0 to 255
      `,
    ],
  },
  {
    name: 'addresses, protocols, labels and the certificates of clients',
    input: `
      - Gateway infra/public:
          gatewayClassName: c
          addresses: [{ type: Hostname, value: 'https://a.example.com' }, { type: hostname, value: a.example.com }, { type: Elastic, value: a }, { type: example.com/ip, value: a }]
          infrastructure: { labels: { a: b, 'not a key': c }, annotations: { a1: a, a2: a, a3: a, a4: a, a5: a, a6: a, a7: a, a8: a, a9: a, a10: a, a11: a, a12: a, a13: a, a14: a, a15: a, a16: a, a17: a } }
          listeners: [{ name: a, port: 80, protocol: 'HTTP/2 ' }]
          tls: { frontend: { perPort: [{ port: 443, tls: {} }, { port: 443, tls: {} }] } }
      - ListenerSet shop/more: { listeners: [{ name: a, port: 80, protocol: HTTP }] }
    `,
    expected: [
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.infrastructure.labels.not a key
      "not a key" is not the key of one of the labels
      help: use letters, digits, hyphens, underscores and dots, after a DNS name and a slash if need be
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.addresses.0.value
      address of type Hostname: "https://a.example.com" is not a host name
      help: write a DNS name in lower case, without scheme and port
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.infrastructure.annotations
      annotations has 17 entries, and at most 16 are allowed
      help: keep 16 at most
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.tls.frontend.default
      frontend has no default
      help: add default
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.listeners.0.protocol
      protocol is "HTTP/2 ", and must be a protocol
      help: use HTTP, HTTPS, TLS, TCP or UDP
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.tls.frontend.perPort.1.port
      the port 443 is there twice
      help: leave one of them out
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.addresses.2.type
      type is "Elastic", and must be IPAddress, Hostname or the type of an implementation
      help: use IPAddress or Hostname, or the type of an implementation, as example.com/name
      `,
      `
      error NL430 gateway-invalid
      on Gateway infra/public at spec.addresses.1.type
      type is "hostname", and must be IPAddress, Hostname or the type of an implementation
      help: write Hostname or IPAddress: case matters
      `,
      `
      error NL430 gateway-invalid
      on ListenerSet shop/more at spec.parentRef
      spec has no parentRef
      help: add parentRef, with the name of the Gateway
      `,
    ],
  },
  {
    name: 'silent: addresses and labels that the CRDs take',
    input: `
      - Gateway infra/public:
          gatewayClassName: c
          addresses: [{ type: Hostname, value: '*.example.com' }, { type: NamedAddress, value: web }, { type: NamedAddress, value: web }, { type: Hostname }]
          allowedListeners: { namespaces: { from: None } }
          infrastructure: { labels: { example.com/team: web }, annotations: { a1: a, a2: a, a3: a, a4: a, a5: a, a6: a, a7: a, a8: a, a9: a } }
          listeners: [{ name: a, port: 80, protocol: HTTP }]
          tls: { frontend: { default: {}, perPort: [{ port: 443, tls: {} }, { port: 8443, tls: {} }] } }
    `,
    expected: [],
  },
]);
