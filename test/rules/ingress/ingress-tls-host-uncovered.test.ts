import { ingressTlsHostUncovered } from '../../../lib/rules/ingress/ingress-tls-host-uncovered';
import { testRule } from '../expectations';

testRule(ingressTlsHostUncovered, [
  {
    name: 'a host that no entry has; a wildcard covers one label',
    input: `
      - Ingress shop/a: { rules: [{ host: a.example.com }, { host: a.b.example.com }, { host: example.com }, { host: www.example.net }], tls: [{ hosts: ['*.example.com'] }, { hosts: [example.net] }] }
    `,
    expected: [
      `
      warning NL412 ingress-tls-host-uncovered
      on Ingress shop/a at spec.rules.1.host
      no entry of spec.tls has the host a.b.example.com
      help: add a.b.example.com to the hosts of an entry: requests for it get the default certificate of the controller, or none
      see Ingress shop/a at spec.tls: the TLS section
      `,
      `
      warning NL412 ingress-tls-host-uncovered
      on Ingress shop/a at spec.rules.2.host
      no entry of spec.tls has the host example.com
      help: add example.com to the hosts of an entry: requests for it get the default certificate of the controller, or none
      see Ingress shop/a at spec.tls: the TLS section
      `,
      `
      warning NL412 ingress-tls-host-uncovered
      on Ingress shop/a at spec.rules.3.host
      no entry of spec.tls has the host www.example.net
      help: add www.example.net to the hosts of an entry: requests for it get the default certificate of the controller, or none
      see Ingress shop/a at spec.tls: the TLS section
      `,
    ],
  },
  {
    name: 'silent: covered, an entry for all hosts, no TLS, no host',
    input: `
      - Ingress shop/a: { rules: [{ host: a.example.com }, { host: '*.example.net' }, {}], tls: [{ hosts: [a.example.com, '*.example.net'] }] }
      - Ingress shop/b: { rules: [{ host: a.example.com }], tls: [{ hosts: [b.example.com] }, { secretName: default }] }
      - Ingress shop/c: { rules: [{ host: a.example.com }] }
    `,
    expected: [],
  },
]);
