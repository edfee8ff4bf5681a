import { listenerWithoutCertificate } from '../../../lib/rules/gateway/listener-without-certificate';
import { testRule } from '../expectations';

testRule(listenerWithoutCertificate, [
  {
    name: 'HTTPS without tls',
    input: `
      - Gateway infra/gw: { listeners: [{ name: a, port: 443, protocol: HTTPS }] }
    `,
    expected: [
      `
      warning NL454 listener-without-certificate
      on Gateway infra/gw at spec.listeners.0
      listener a is HTTPS and has no tls
      help: give tls.certificateRefs, unless your implementation finds the certificate by itself
      `,
    ],
  },
  {
    name: 'silent: with tls, other protocols, and certificates by annotation',
    input: `
      - Gateway infra/gw: { listeners: [{ name: a, port: 443, protocol: HTTPS, tls: {} }, { name: b, port: 80, protocol: HTTP }] }
      - Gateway infra/gke: { listeners: [{ name: a, port: 443, protocol: HTTPS }] }
        annotations: { networking.gke.io/certmap: certs }
    `,
    expected: [],
  },
]);
