import { ingressNameInvalid } from '../../../lib/rules/ingress/ingress-name-invalid';
import { testRule } from '../expectations';

const NAME = 'use a DNS name in lower case, without scheme, port and path; a * may stand for its first label only';
const NO_ADDRESS = 'hosts are told apart by name: use a DNS name, or leave the host out for all hosts';

testRule(ingressNameInvalid, [
  {
    name: 'classes that no IngressClass can be',
    input: `
      - Ingress shop/a: { ingressClassName: Nginx, rules: [] }
      - Ingress shop/b: { ingressClassName: '', rules: [] }
    `,
    expected: [
      `
      error NL405 ingress-name-invalid
      on Ingress shop/a at spec.ingressClassName
      ingressClassName "Nginx" is not the name of an IngressClass
      help: use a DNS-1123 subdomain: lower-case letters, digits, hyphens and dots
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/b at spec.ingressClassName
      ingressClassName "" is not the name of an IngressClass
      help: leave it out for the class that is the default
      `,
    ],
  },
  {
    name: 'hosts of TLS: an empty one, and addresses, of which the API server takes those of IPv4',
    input: `
      - Ingress shop/a: { rules: [], tls: [{ hosts: ['', 192.0.2.1, '2001:db8::1', null] }] }
      - Ingress shop/b: { rules: [{ host: 192.0.02.1 }], tls: [{ hosts: [], secretName: '' }, {}] }
    `,
    expected: [
      ['error', 'a', 'tls.0.hosts.0', '', NAME],
      ['error', 'a', 'tls.0.hosts.3', '', NAME],
      ['error', 'a', 'tls.0.hosts.2', '2001:db8::1', NO_ADDRESS],
      ['error', 'b', 'rules.0.host', '192.0.02.1', NO_ADDRESS],
      ['warning', 'a', 'tls.0.hosts.1', '192.0.2.1', NO_ADDRESS],
    ].map(
      ([severity, name, field, host, help]) => `
      ${severity} NL405 ingress-name-invalid
      on Ingress shop/${name} at spec.${field}
      host "${host}" is not a host name
      help: ${help}
      `,
    ),
  },
  {
    name: 'hosts with scheme, port, path, capital letters, addresses, other wildcards',
    input: `
      - Ingress shop/a: { rules: [{ host: https://a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/b: { rules: [{ host: "a.example.com:443", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/c: { rules: [{ host: a.example.com/shop, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/d: { rules: [{ host: A.Example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/e: { rules: [{ host: 192.0.2.1, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/f: { rules: [{ host: "[2001:db8::1]", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/g: { rules: [{ host: "a.*.example.com", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
      - Ingress shop/h: { rules: [{ host: "*", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
    `,
    expected: [
      `
      error NL405 ingress-name-invalid
      on Ingress shop/a at spec.rules.0.host
      host "https://a.example.com" is not a host name
      help: did you mean a.example.com?
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/b at spec.rules.0.host
      host "a.example.com:443" is not a host name
      help: did you mean a.example.com?
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/c at spec.rules.0.host
      host "a.example.com/shop" is not a host name
      help: did you mean a.example.com?
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/d at spec.rules.0.host
      host "A.Example.com" is not a host name
      help: did you mean a.example.com?
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/e at spec.rules.0.host
      host "192.0.2.1" is not a host name
      help: hosts are told apart by name: use a DNS name, or leave the host out for all hosts
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/f at spec.rules.0.host
      host "[2001:db8::1]" is not a host name
      help: hosts are told apart by name: use a DNS name, or leave the host out for all hosts
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/g at spec.rules.0.host
      host "a.*.example.com" is not a host name
      help: use a DNS name in lower case, without scheme, port and path; a * may stand for its first label only
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/h at spec.rules.0.host
      host "*" is not a host name
      help: use a DNS name in lower case, without scheme, port and path; a * may stand for its first label only
      `,
    ],
  },
  {
    name: 'hosts and Secrets of the TLS section',
    input: `
      - Ingress shop/a: { defaultBackend: { service: { name: web, port: { number: 80 } } }, tls: [{ hosts: [a.example.com, b_c.example.com] }, { secretName: My_Secret }] }
    `,
    expected: [
      `
      error NL405 ingress-name-invalid
      on Ingress shop/a at spec.tls.0.hosts.1
      host "b_c.example.com" is not a host name
      help: use a DNS name in lower case, without scheme, port and path; a * may stand for its first label only
      `,
      `
      error NL405 ingress-name-invalid
      on Ingress shop/a at spec.tls.1.secretName
      secretName "My_Secret" is not the name of a Secret
      help: use a DNS-1123 subdomain: lower-case letters, digits, hyphens and dots. The Secret is one of the namespace of the Ingress
      `,
    ],
  },
  {
    name: 'silent: names, wildcards, no host, empty ones',
    input: `
      - Ingress shop/a: { rules: [{ host: a.example.com }, { host: '*.example.com' }, { host: '' }, {}, null, { host: 7 }] }
      - Ingress shop/b: { tls: [{ hosts: ['*.example.com'], secretName: my.secret-1 }, { secretName: '' }, 7] }
    `,
    expected: [],
  },
]);
