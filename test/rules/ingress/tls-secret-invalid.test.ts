import { tlsSecretInvalid } from '../../../lib/rules/ingress/tls-secret-invalid';
import { testRule } from '../expectations';

testRule(tlsSecretInvalid, [
  {
    name: 'of an Ingress, without any key and without the private one',
    input: `
      - manifest: { apiVersion: v1, kind: Secret, metadata: { name: s, namespace: shop }, stringData: { password: x } }
      - manifest: { apiVersion: v1, kind: Secret, type: kubernetes.io/tls, metadata: { name: t, namespace: shop }, data: { tls.crt: eA== } }
      - Ingress shop/a: { tls: [{ secretName: s }, { secretName: t }] }
    `,
    expected: [
      `
      error NL451 tls-secret-invalid
      on Ingress shop/a at spec.tls.0.secretName
      Secret shop/s has no tls.crt and no tls.key, and is of type Opaque
      help: use a Secret of type kubernetes.io/tls with tls.crt and tls.key: clients get another certificate, or none
      see Secret shop/s at type: the Secret
      `,
      `
      error NL451 tls-secret-invalid
      on Ingress shop/a at spec.tls.1.secretName
      Secret shop/t has no tls.key
      help: use a Secret of type kubernetes.io/tls with tls.crt and tls.key: clients get another certificate, or none
      see Secret shop/t at type: the Secret
      `,
    ],
  },
  {
    name: 'of a Gateway',
    input: `
      - manifest: { apiVersion: v1, kind: Secret, metadata: { name: s, namespace: shop }, stringData: { password: x } }
      - Gateway infra/gw: { listeners: [{ name: a, tls: { certificateRefs: [{ name: s, namespace: shop }] } }] }
    `,
    expected: [
      `
      error NL451 tls-secret-invalid
      on Gateway infra/gw at spec.listeners.0.tls.certificateRefs.0.name
      Secret shop/s has no tls.crt and no tls.key, and is of type Opaque
      help: use a Secret of type kubernetes.io/tls with tls.crt and tls.key: clients get another certificate, or none
      see Secret shop/s at type: the Secret
      `,
    ],
  },
  {
    name: 'silent: with both keys, not filled yet, somewhere else, not in the input',
    input: `
      - manifest: { apiVersion: v1, kind: Secret, metadata: { name: s, namespace: shop }, data: { tls.crt: eA== }, stringData: { tls.key: x } }
      - manifest: { apiVersion: v1, kind: Secret, metadata: { name: empty, namespace: shop } }
      - manifest: { apiVersion: v1, kind: Secret, metadata: { name: away, namespace: web }, stringData: { a: b } }
      - Ingress shop/a: { tls: [{ secretName: s }, { secretName: empty }, { secretName: away }, {}] }
    `,
    expected: [],
  },
]);
