import { routeConflict } from '../../../lib/rules/gateway/route-conflict';
import { testRule } from '../expectations';

testRule(routeConflict, [
  {
    name: 'one host and path, whatever the way of writing',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ name: public }], hostnames: [a.example.com, b.example.com], rules: [{ matches: [{ path: { value: /shop } }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public }], hostnames: [b.example.com, a.example.com], rules: [{ matches: [{ path: { type: PathPrefix, value: /shop/ } }] }] }
    `,
    expected: [
      `
      warning NL442 route-conflict
      on HTTPRoute shop/b at spec.rules.0.matches.0
      path /shop/ of a.example.com is also claimed by HTTPRoute shop/a
      help: the older of the two gets all the requests: merge them, or change the hostname or the match of one
      see HTTPRoute shop/a at spec.rules.0.matches.0: first claimed here
      `,
    ],
  },
  {
    name: 'no host is all hosts, no match is /',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ name: public }], rules: [{}] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public }], rules: [{ matches: [{ path: { value: / } }] }] }
    `,
    expected: [
      `
      warning NL442 route-conflict
      on HTTPRoute shop/b at spec.rules.0.matches.0
      path / of all hosts is also claimed by HTTPRoute shop/a
      help: the older of the two gets all the requests: merge them, or change the hostname or the match of one
      see HTTPRoute shop/a at spec.rules.0: first claimed here
      `,
    ],
  },
  {
    name: 'headers in any order, methods of gRPC',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ name: public }], rules: [{ matches: [{ headers: [{ name: A, value: '1' }, { name: b, value: '2' }] }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public }], rules: [{ matches: [{ headers: [{ name: b, value: '2' }, { name: a, value: '1', type: Exact }] }] }] }
      - GRPCRoute shop/c: { parentRefs: [{ name: public }], rules: [{ matches: [{ method: { service: s } }] }] }
      - GRPCRoute shop/d: { parentRefs: [{ name: public }], rules: [{ matches: [{ method: { type: Exact, service: s } }] }] }
    `,
    expected: [
      `
      warning NL442 route-conflict
      on GRPCRoute shop/d at spec.rules.0.matches.0
      method s/* of all hosts is also claimed by GRPCRoute shop/c
      help: the older of the two gets all the requests: merge them, or change the hostname or the match of one
      see GRPCRoute shop/c at spec.rules.0.matches.0: first claimed here
      `,
      `
      warning NL442 route-conflict
      on HTTPRoute shop/b at spec.rules.0.matches.0
      path / of all hosts is also claimed by HTTPRoute shop/a
      help: the older of the two gets all the requests: merge them, or change the hostname or the match of one
      see HTTPRoute shop/a at spec.rules.0.matches.0: first claimed here
      `,
    ],
  },
  {
    name: 'one listener, by its name and by its port',
    input: `
      - Gateway shop/public: { gatewayClassName: c, listeners: [{ name: http, port: 80, protocol: HTTP }, { name: other, port: 81, protocol: HTTP }] }
      - HTTPRoute shop/a: { parentRefs: [{ name: public, sectionName: http }], rules: [{}] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public, port: 80 }], rules: [{}] }
      - HTTPRoute shop/c: { parentRefs: [{ name: public, port: 81 }], rules: [{}] }
    `,
    expected: [
      `
      warning NL442 route-conflict
      on HTTPRoute shop/b at spec.rules.0
      path / of all hosts is also claimed by HTTPRoute shop/a
      help: the older of the two gets all the requests: merge them, or change the hostname or the match of one
      see HTTPRoute shop/a at spec.rules.0: first claimed here
      `,
    ],
  },
  {
    name: 'silent: other hosts, paths, headers, listeners, kinds, and twice in one route',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ name: public }], hostnames: [a.example.com], rules: [{}, {}] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public }], hostnames: [b.example.com], rules: [{}] }
      - HTTPRoute shop/c: { parentRefs: [{ name: public }], hostnames: [a.example.com], rules: [{ matches: [{ path: { type: Exact, value: / } }, { path: { value: /c } }, { headers: [{ name: a, value: '1' }] }, { method: GET }] }] }
      - HTTPRoute shop/d: { parentRefs: [{ name: other }], hostnames: [a.example.com], rules: [{}] }
      - HTTPRoute shop/e: { parentRefs: [{ name: public, sectionName: http }], hostnames: [a.example.com], rules: [{}] }
      - HTTPRoute shop/f: { hostnames: [a.example.com], rules: [{}] }
    `,
    expected: [],
  },
  {
    name: 'at a ListenerSet',
    input: `
      - ListenerSet shop/more: { parentRef: { name: public, namespace: infra }, listeners: [{ name: web, port: 8080, protocol: HTTP }] }
      - HTTPRoute shop/a: { parentRefs: [{ kind: ListenerSet, name: more }], rules: [{ matches: [{ path: { value: /x } }] }] }
      - HTTPRoute shop/b: { parentRefs: [{ kind: ListenerSet, name: more, sectionName: web }], rules: [{ matches: [{ path: { value: /x/ } }] }] }
    `,
    expected: [
      `
      warning NL442 route-conflict
      on HTTPRoute shop/b at spec.rules.0.matches.0
      path /x/ of all hosts is also claimed by HTTPRoute shop/a
      help: the older of the two gets all the requests: merge them, or change the hostname or the match of one
      see HTTPRoute shop/a at spec.rules.0.matches.0: first claimed here
      `,
    ],
  },
  {
    name: 'connections, of which a listener gives all to one route',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: a, port: 5432, protocol: TCP }, { name: b, port: 443, protocol: TLS }, { name: c, port: 53, protocol: UDP }] }
      - TCPRoute infra/a: { parentRefs: [{ name: public, sectionName: a }], rules: [{ backendRefs: [{ name: db, port: 5432 }] }, { backendRefs: [{ name: db, port: 5432 }] }] }
      - TCPRoute infra/b: { parentRefs: [{ name: public, sectionName: a }], rules: [{ backendRefs: [{ name: db, port: 5432 }] }] }
      - UDPRoute infra/c: { parentRefs: [{ name: public }], rules: [{ backendRefs: [{ name: dns, port: 53 }] }] }
      - TLSRoute infra/d: { parentRefs: [{ name: public }], hostnames: [d.example.com, x.example.com], rules: [{ backendRefs: [{ name: web, port: 443 }] }] }
      - TLSRoute infra/e: { parentRefs: [{ name: public }], hostnames: [e.example.com, x.example.com], rules: [{ backendRefs: [{ name: web, port: 443 }] }] }
    `,
    expected: [
      `
      warning NL442 route-conflict
      on TCPRoute infra/b at spec.rules.0
      every connection is also claimed by TCPRoute infra/a
      help: the older of the two gets all the requests: merge them, or change the hostname or the match of one
      see TCPRoute infra/a at spec.rules.0: first claimed here
      `,
      `
      warning NL442 route-conflict
      on TLSRoute infra/e at spec.rules.0
      every connection of x.example.com is also claimed by TLSRoute infra/d
      help: the older of the two gets all the requests: merge them, or change the hostname or the match of one
      see TLSRoute infra/d at spec.rules.0: first claimed here
      `,
    ],
  },
]);
