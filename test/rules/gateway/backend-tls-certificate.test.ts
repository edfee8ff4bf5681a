import { backendTlsCertificate } from '../../../lib/rules/gateway/backend-tls-certificate';
import { testRule } from '../expectations';

const configMap = (namespace: string, name: string, data: string): string => `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: ${name}, namespace: ${namespace} }, data: { ${data} } }`;
const policy = (name: string, kind = 'ConfigMap'): string => `
      - BackendTLSPolicy shop/a: { validation: { caCertificateRefs: [{ group: '', kind: ${kind}, name: ${name} }] } }`;

testRule(backendTlsCertificate, [
  {
    name: 'a ConfigMap without the key',
    input: configMap('shop', 'ca', 'tls.crt: x') + policy('ca'),
    expected: [
      `
      error NL483 backend-tls-certificate
      on BackendTLSPolicy shop/a at spec.validation.caCertificateRefs.0.name
      ConfigMap shop/ca has no ca.crt
      help: put the certificate of the CA, in PEM, under the key ca.crt: requests to the backend fail without it
      see ConfigMap shop/ca at data: the ConfigMap
      `,
    ],
  },
  {
    name: 'a ConfigMap of another namespace',
    input: configMap('infra', 'ca', 'ca.crt: x') + policy('ca'),
    expected: [
      `
      warning NL483 backend-tls-certificate
      on BackendTLSPolicy shop/a at spec.validation.caCertificateRefs.0.name
      the ConfigMap ca of namespace shop is not here, and ConfigMap infra/ca is
      help: the reference is to the namespace of the policy: put the ConfigMap there too
      see ConfigMap infra/ca at the object: the ConfigMap of that name
      `,
    ],
  },
  { name: 'silent: with the key', input: configMap('shop', 'ca', 'ca.crt: x') + policy('ca'), expected: [] },
  { name: 'silent: filled in by a controller', input: configMap('shop', 'ca', '') + policy('ca'), expected: [] },
  { name: 'silent: made elsewhere', input: policy('ca'), expected: [] },
  { name: 'silent: another kind', input: configMap('shop', 'ca', 'x: x') + policy('ca', 'Secret'), expected: [] },
]);
