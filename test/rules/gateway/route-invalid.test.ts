import { routeInvalid } from '../../../lib/rules/gateway/route-invalid';
import { testRule } from '../expectations';

testRule(routeInvalid, [
  {
    name: 'a parent without a name',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ namespace: infra }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/a at spec.parentRefs.0.name
      item 1 of parentRefs has no name
      help: add name
      `,
    ],
  },
  {
    name: 'a Service without a port, also where requests are mirrored',
    input: `
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web }, { port: 80 }, { name: web, port: 0 }, { name: web, port: 80, weight: -1 }], filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: log } } }] }] }
      - TCPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.backendRefs.1.name
      item 2 of backendRefs has no name
      help: add name
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.backendRefs.2.port
      port is 0, and must be a whole number from 1 to 65535
      help: write a whole number from 1 to 65535
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.0.requestMirror.backendRef
      the reference to Service log has no port
      help: give the port of the Service, as a number
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.backendRefs.0
      the reference to Service web has no port
      help: give the port of the Service, as a number
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.backendRefs.3.weight
      weight is -1, and must be a whole number from 0 to 1000000
      help: write a whole number from 0 to 1000000
      `,
      `
      error NL431 route-invalid
      on TCPRoute shop/web at spec.rules.0.backendRefs.0
      the reference to Service web has no port
      help: give the port of the Service, as a number
      `,
    ],
  },
  {
    name: 'hostnames',
    input: `
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], hostnames: [a.example.com, 'https://b.example.com', 192.0.2.1], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - TLSRoute shop/tls: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
      - HTTPRoute shop/many: { parentRefs: [{ name: public, namespace: infra }], hostnames: [h0.example.com, h1.example.com, h2.example.com, h3.example.com, h4.example.com, h5.example.com, h6.example.com, h7.example.com, h8.example.com, h9.example.com, h10.example.com, h11.example.com, h12.example.com, h13.example.com, h14.example.com, h15.example.com, h16.example.com], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/many at spec.hostnames
      hostnames has 17 items, and at most 16 are allowed
      help: spread them over several rules or objects
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.hostnames.2
      hostname "192.0.2.1" is not a host name
      help: hosts are told apart by name: use a DNS name, or leave the host out for all hosts
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.hostnames.1
      hostname "https://b.example.com" is not a host name
      help: did you mean b.example.com?
      `,
      `
      error NL431 route-invalid
      on TLSRoute shop/tls at spec.hostnames
      spec has no hostnames
      help: add hostnames
      `,
    ],
  },
  {
    name: 'paths',
    input: `
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }], matches: [{ path: { value: shop } }, { path: { type: Prefix, value: /a } }, { path: { type: Exact, value: /a//b } }, { path: { value: '/a(.*)|b' } }, { path: { value: '/ä' } }, { path: { type: RegularExpression, value: '.*//' } }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.3.path.value
      path "/a(.*)|b" has characters that a path cannot have
      help: write them percent-encoded, or use the type RegularExpression if it is one
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.2.path.value
      path "/a//b" contains //, which paths of type Exact must not
      help: write the path as requests have it after normalization
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.4.path.value
      path "/ä" has characters that a path cannot have
      help: write them percent-encoded, or use the type RegularExpression if it is one
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.0.path.value
      path "shop" does not begin with /
      help: did you mean "/shop"?
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.1.path.type
      type is "Prefix", and must be Exact, PathPrefix or RegularExpression
      help: did you mean PathPrefix?
      `,
    ],
  },
  {
    name: 'methods of gRPC',
    input: `
      - GRPCRoute shop/grpc: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }], matches: [{ method: {} }, { method: { service: s } }, { method: { method: m } }, {}] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on GRPCRoute shop/grpc at spec.rules.0.matches.0.method
      the match names neither a service nor a method
      help: give at least one of them
      `,
    ],
  },
  {
    name: 'filters',
    input: `
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], rules: [{ backendRefs: [{ name: web, port: 80 }], filters: [{ type: RequestRedirect, requestRedirect: {} }, { type: URLRewrite, urlRewrite: {} }, { type: RequestHeaderModifier }, { type: RequestHeaderModifier, requestHeaderModifier: {} }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.1
      a rule must not have the filters RequestRedirect and URLRewrite
      help: keep one of the two: a redirected request is not rewritten
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.0
      a rule that redirects must not have backendRefs
      help: remove the backendRefs, or the filter: a redirected request reaches no backend
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.2.requestHeaderModifier
      item 3 of filters has no requestHeaderModifier, which the type RequestHeaderModifier needs
      help: add requestHeaderModifier, or use another type
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.3
      the filter RequestHeaderModifier appears twice in the rule
      help: make one filter of the two
      `,
    ],
  },
  {
    name: 'a prefix is replaced, and there is not one prefix',
    input: `
      - HTTPRoute shop/a: { rules: [{ matches: [{ path: { value: /a } }, { path: { value: /b } }], filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }] }] }
      - HTTPRoute shop/b: { rules: [{ matches: [{ path: { type: Exact, value: /a } }], filters: [{ type: RequestRedirect, requestRedirect: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }] }] }
      - HTTPRoute shop/right: { rules: [{ matches: [{ path: { value: /a } }], filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }] }] }
      - HTTPRoute shop/whole: { rules: [{ filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/a at spec.rules.0.filters.0.urlRewrite.path
      ReplacePrefixMatch needs a rule with exactly one match, of type PathPrefix
      help: make a rule for each prefix, or use ReplaceFullPath
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/b at spec.rules.0.filters.0.requestRedirect.path
      ReplacePrefixMatch needs a rule with exactly one match, of type PathPrefix
      help: make a rule for each prefix, or use ReplaceFullPath
      `,
    ],
  },
  {
    name: 'references to one Gateway',
    input: `
      - HTTPRoute shop/a: { parentRefs: [{ name: public }, { name: public, sectionName: http }] }
      - HTTPRoute shop/b: { parentRefs: [{ name: public, sectionName: http }, { name: public, kind: Gateway, namespace: shop, sectionName: http }] }
      - HTTPRoute shop/c: { parentRefs: [{ name: public, port: 80 }, { name: public, port: 80 }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/a at spec.parentRefs.0
      the route refers to Gateway public 2 times, here without a sectionName
      help: keep this one alone, or give each of them a sectionName
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/b at spec.parentRefs.1
      the route refers to section http of Gateway public twice
      help: remove one of the two
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/c at spec.parentRefs.1
      the route refers to Gateway public twice
      help: remove one of the two
      `,
    ],
  },
  {
    name: 'no rules, and more than there may be',
    input: `
      - HTTPRoute shop/a: { rules: [] }
      - TCPRoute shop/b: {}
      - HTTPRoute shop/c: { rules: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }
      - HTTPRoute shop/d: { rules: [{ matches: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }, { matches: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }, { matches: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }] }
      - HTTPRoute shop/e: { rules: [{ matches: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/a at spec.rules
      rules is empty
      help: name at least one
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/c at spec.rules
      rules has 17 items, and at most 16 are allowed
      help: spread them over several rules or objects
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/d at spec.rules
      the rules have 150 matches in all, more than 128
      help: spread them over several routes
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/e at spec.rules.0.matches
      matches has 65 items, and at most 64 are allowed
      help: spread them over several rules or objects
      `,
      `
      error NL431 route-invalid
      on TCPRoute shop/b at spec.rules
      spec has no rules
      help: add rules
      `,
    ],
  },
  {
    name: 'silent: what is right, and backends of other kinds',
    input: `
      - HTTPRoute shop/web: { parentRefs: [{ name: public, namespace: infra }], hostnames: [a.example.com, '*.example.net'], rules: [{ matches: [{ path: { value: '/a%20b' } }], filters: [{ type: ExtensionRef, extensionRef: { group: example.com, kind: Filter, name: f } }], backendRefs: [{ name: web, port: 80, weight: 0 }, { group: example.com, kind: Bucket, name: b }] }, { filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }] }
      - HTTPRoute shop/a: { parentRefs: [{ name: public, sectionName: a }, { name: public, sectionName: b }, { name: other }] }
      - GRPCRoute shop/b: { rules: [] }
      - HTTPRoute shop/c: {}
    `,
    expected: [],
  },
  {
    name: 'headers, query parameters and methods',
    input: `
      - HTTPRoute shop/web:
          parentRefs: [{ name: public }]
          rules:
            - matches:
                - { method: get, headers: [{ name: a b, value: x }, { name: c }, { name: d, value: x }, { name: d, value: y }] }
                - { queryParams: [{ name: q, value: x, type: Regex }, { name: q, value: y }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.0.headers.1.value
      item 2 of headers has no value
      help: add value
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.0.method
      method is "get", and must be GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE or PATCH
      help: write GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE or PATCH: case matters
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.0.headers.0.name
      name is "a b", and must be the name of a header
      help: write the name alone, without spaces and colons
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.0.headers.3.name
      two items of headers have the name d
      help: keep one of them, or rename it
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.1.queryParams.1.name
      two items of queryParams have the name q
      help: keep one of them, or rename it
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.matches.1.queryParams.0.type
      type is "Regex", and must be Exact or RegularExpression
      help: write Exact or RegularExpression
      `,
    ],
  },
  {
    name: 'filters that do not have what their type says',
    input: `
      - HTTPRoute shop/web:
          parentRefs: [{ name: public }]
          rules:
            - filters:
                - { type: Rewrite }
                - { type: RequestMirror }
                - { type: URLRewrite, urlRewrite: { hostname: '*.example.com', path: { type: ReplacePrefix } }, cors: {} }
            - filters: [{ type: RequestRedirect, requestRedirect: { scheme: ftp, statusCode: 200, port: 0, path: { type: ReplaceFullPath } } }]
            - filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: a, value: x }, { name: a, value: y }], add: [{ name: b }] } }]
      - GRPCRoute shop/web: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: URLRewrite, urlRewrite: {} }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on GRPCRoute shop/web at spec.rules.0.filters.0.type
      type is "URLRewrite", and must be ResponseHeaderModifier, RequestHeaderModifier, RequestMirror or ExtensionRef
      help: write ResponseHeaderModifier, RequestHeaderModifier, RequestMirror or ExtensionRef
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.2.cors
      cors is set, and the type is URLRewrite
      help: leave it out, or use the type CORS
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.2.urlRewrite.hostname
      hostname "*.example.com" is not the name of one host
      help: use one DNS name in lower case, without scheme, port and wildcard
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.2.filters.0.requestHeaderModifier.add.0.value
      item 1 of add has no value
      help: add value
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.1.requestMirror
      item 2 of filters has no requestMirror, which the type RequestMirror needs
      help: add requestMirror, or use another type
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.1.filters.0.requestRedirect.path.replaceFullPath
      path has no replaceFullPath, which the type ReplaceFullPath needs
      help: add replaceFullPath, or use another type
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.1.filters.0.requestRedirect.port
      port is 0, and must be a whole number from 1 to 65535
      help: write a whole number from 1 to 65535
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.1.filters.0.requestRedirect.scheme
      scheme is "ftp", and must be http or https
      help: write http or https
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.1.filters.0.requestRedirect.statusCode
      statusCode is 200, and must be 301, 302, 303, 307 or 308
      help: write 301, 302, 303, 307 or 308
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.2.filters.0.requestHeaderModifier.set.1.name
      two items of set have the name a
      help: keep one of them, or rename it
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.2.urlRewrite.path.type
      type is "ReplacePrefix", and must be ReplaceFullPath or ReplacePrefixMatch
      help: did you mean ReplacePrefixMatch?
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.0.type
      type is "Rewrite", and must be RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, RequestRedirect, URLRewrite, ExtensionRef, CORS or ExternalAuth
      help: did you mean URLRewrite?
      `,
    ],
  },
  {
    name: 'timeouts',
    input: `
      - HTTPRoute shop/web:
          parentRefs: [{ name: public }]
          rules:
            - { timeouts: { request: 10, backendRequest: 1.5s } }
            - { timeouts: { request: 1m, backendRequest: 61s } }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.timeouts.backendRequest
      backendRequest is "1.5s", and must be a duration
      help: write whole numbers with units, as a text: 10s, 1m30s, 500ms
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.1.timeouts.backendRequest
      backendRequest is longer than request, of which it is a part
      help: make request at least as long as backendRequest
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.timeouts.request
      request is 10, and must be a duration
      help: write whole numbers with units, as a text: 10s, 1m30s, 500ms
      `,
    ],
  },
  {
    name: 'silent: filters, timeouts and conditions that the CRDs take',
    input: `
      - HTTPRoute shop/web:
          parentRefs: [{ name: public }]
          rules:
            - matches: [{ method: GET, headers: [{ name: x-a, value: b, type: RegularExpression }], queryParams: [{ name: q, value: r }] }]
              filters:
                - { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: a, value: b }], add: [{ name: a, value: c }], remove: [d] } }
                - { type: CORS, cors: { allowOrigins: ['*'] } }
                - { type: URLRewrite, urlRewrite: { hostname: a.example.com, path: { type: ReplaceFullPath, replaceFullPath: / } } }
              timeouts: { request: 1h2m3s4ms, backendRequest: 500ms }
            - { timeouts: { request: 0s, backendRequest: 10s } }
            - filters: [{ type: RequestRedirect, requestRedirect: { scheme: https, statusCode: 308, port: 443 } }]
    `,
    expected: [],
  },
  {
    name: 'mirrored shares, CORS, external authorization, path replacements and persistence',
    input: `
      - HTTPRoute shop/web:
          parentRefs: [{ name: public }]
          rules:
            - backendRefs: [{ name: web, port: 80 }]
              filters:
                - { type: RequestMirror, requestMirror: { backendRef: { name: log, port: 80 }, percent: 101, fraction: { numerator: 2, denominator: 1 } } }
                - { type: CORS, cors: { allowOrigins: ['*', shop.example.com, 'https://*.example.com:8443'], allowMethods: [GET, '*'], maxAge: 0 } }
                - { type: ExternalAuth, externalAuth: { protocol: GRPC, backendRef: { name: auth, port: 80 }, http: {} } }
                - { type: URLRewrite, urlRewrite: { path: { type: ReplaceFullPath, replaceFullPath: /, replacePrefixMatch: / } } }
              sessionPersistence: { cookieConfig: { lifetimeType: Permanent } }
            - filters: [{ type: ExternalAuth, externalAuth: { protocol: grpc, backendRef: { name: auth, port: 80 } } }]
      - GRPCRoute shop/grpc: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: log, port: 80 }, percent: 1, fraction: { numerator: 1 } } }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on GRPCRoute shop/grpc at spec.rules.0.filters.0.requestMirror.fraction
      the share of mirrored requests is said twice, as percent and as fraction
      help: keep one of the two
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.0.requestMirror.fraction
      2 of 1 is no part of the requests
      help: give a numerator from 0 up to the denominator, which is 100 unless set
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.sessionPersistence
      a permanent cookie needs an absoluteTimeout
      help: give absoluteTimeout, or use the lifetimeType Session
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.1.cors.allowMethods.1
      allowMethods has "*" beside other values
      help: keep "*" alone, which allows all, or remove it
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.1.cors.allowOrigins.0
      allowOrigins has "*" beside other values
      help: keep "*" alone, which allows all, or remove it
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.2.externalAuth.grpc
      externalAuth has no grpc, which the protocol GRPC needs
      help: add grpc, or use another protocol
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.2.externalAuth.http
      http is set, and the protocol is GRPC
      help: leave it out, or use the protocol HTTP
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.1.cors.allowOrigins.1
      item 2 of allowOrigins is "shop.example.com", and must be an origin
      help: write scheme and host, as https://shop.example.com or https://*.example.com, without a path
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.1.cors.maxAge
      maxAge is 0, and must be a whole number from 1
      help: write a whole number from 1
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.0.requestMirror.percent
      percent is 101, and must be a whole number from 0 to 100
      help: write a whole number from 0 to 100
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.1.filters.0.externalAuth.protocol
      protocol is "grpc", and must be HTTP or GRPC
      help: write HTTP or GRPC: case matters
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.3.urlRewrite.path.replacePrefixMatch
      replacePrefixMatch is set, and the type is ReplaceFullPath
      help: leave it out, or use the type ReplacePrefixMatch
      `,
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.0.requestMirror.fraction
      the share of mirrored requests is said twice, as percent and as fraction
      help: keep one of the two
      `,
      `
      warning NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.sessionPersistence.cookie
      sessionPersistence has no cookie, which the type Cookie needs
      help: add cookie, or use another type
      `,
    ],
  },
  {
    name: 'a prefix that a backend replaces',
    input: `
      - HTTPRoute shop/web:
          parentRefs: [{ name: public }]
          rules:
            - matches: [{ path: { value: /a } }, { path: { value: /b } }]
              backendRefs: [{ name: web, port: 80, filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }] }]
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.backendRefs.0.filters.0.urlRewrite.path
      ReplacePrefixMatch needs a rule with exactly one match, of type PathPrefix
      help: make a rule for each prefix, or use ReplaceFullPath
      `,
    ],
  },
  {
    name: 'names of rules, and of services and methods of gRPC',
    input: `
      - GRPCRoute shop/grpc:
          parentRefs: [{ name: public }]
          rules:
            - { name: cart, matches: [{ method: { service: 'shop.v1.*', method: Get-Cart } }, { method: { type: RegularExpression, service: 'shop.*' } }, { method: { service: shop.v1.Cart, method: Get } }] }
            - { name: cart }
    `,
    expected: [
      `
      error NL431 route-invalid
      on GRPCRoute shop/grpc at spec.rules.0.matches.0.method.method
      "Get-Cart" is not the name of a gRPC method
      help: use letters, digits and underscores, or the type RegularExpression
      `,
      `
      error NL431 route-invalid
      on GRPCRoute shop/grpc at spec.rules.0.matches.0.method.service
      "shop.v1.*" is not the name of a gRPC service
      help: write it as in the package of the service, as shop.v1.Cart, or use the type RegularExpression
      `,
      `
      warning NL431 route-invalid
      on GRPCRoute shop/grpc at spec.rules.1.name
      two rules have the name cart
      help: give each rule a name of its own: the CRDs of the experimental channel refuse the route
      `,
    ],
  },
  {
    name: 'a route without spec, and more rules than a TLSRoute may have',
    input: `
      - HTTPRoute shop/a: null
      - TLSRoute shop/b: { parentRefs: [{ name: public }], hostnames: [a.example.com], rules: [{ backendRefs: [{ name: web, port: 443 }] }, { backendRefs: [{ name: web, port: 443 }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/a at spec
      the object has no spec
      help: add spec
      `,
      `
      error NL431 route-invalid
      on TLSRoute shop/b at spec.rules
      rules has 2 items, and at most 1 are allowed
      help: spread them over several rules or objects
      `,
    ],
  },
  {
    name: 'silent: many rules of a TLSRoute of an alpha version, shares and origins that the CRDs take',
    input: `
      - manifest: { apiVersion: gateway.networking.k8s.io/v1alpha2, kind: TLSRoute, metadata: { name: tls, namespace: shop }, spec: { parentRefs: [{ name: public }], hostnames: [a.example.com], rules: [${Array.from({ length: 16 }, () => '{ backendRefs: [{ name: web, port: 443 }] }').join(', ')}] } }
      - HTTPRoute shop/web:
          parentRefs: [{ name: public }]
          rules:
            - filters:
                - { type: RequestMirror, requestMirror: { backendRef: { name: log, port: 80 }, percent: 0 } }
                - { type: RequestMirror, requestMirror: { backendRef: { name: log, port: 80 }, fraction: { numerator: 1, denominator: 1000 } } }
                - { type: CORS, cors: { allowOrigins: ['*'], allowHeaders: ['*'], maxAge: 600 } }
                - { type: ExternalAuth, externalAuth: { protocol: HTTP, backendRef: { name: auth, port: 80 }, http: {} } }
              sessionPersistence: { cookieConfig: { lifetimeType: Permanent }, cookie: {}, absoluteTimeout: 1h }
    `,
    expected: [],
  },
  {
    name: 'an origin that older CRDs take',
    input: `
      - HTTPRoute shop/web: { parentRefs: [{ name: public }], rules: [{ filters: [{ type: CORS, cors: { allowOrigins: ['https://shop.example.com/', 'app://shop'] } }] }] }
    `,
    expected: [
      `
      error NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.0.cors.allowOrigins.0
      item 1 of allowOrigins is "https://shop.example.com/", and must be an origin
      help: write scheme and host, as https://shop.example.com or https://*.example.com, without a path
      `,
      `
      warning NL431 route-invalid
      on HTTPRoute shop/web at spec.rules.0.filters.0.cors.allowOrigins.1
      item 2 of allowOrigins is "app://shop", and must be an origin
      help: write scheme and host, as https://shop.example.com or https://*.example.com, without a path
      `,
    ],
  },
]);
