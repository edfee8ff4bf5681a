import { tlsSecretMissing } from '../../../lib/rules/ingress/tls-secret-missing';
import { testRule } from '../expectations';

function secret(namespace: string, name: string, annotations = '{}'): string {
  return `
      - manifest: { apiVersion: v1, kind: Secret, type: kubernetes.io/tls, metadata: { name: ${name}, namespace: ${namespace}, annotations: ${annotations} }, data: { tls.crt: eA==, tls.key: eA== } }`;
}

testRule(tlsSecretMissing, [
  {
    name: 'a misspelling, in an Ingress and in a Gateway',
    input: `${secret('shop', 'shop-tls')}${secret('edge', 'edge-tls')}
      - Ingress shop/a: { tls: [{ secretName: shop-tsl }] }
      - Gateway edge/g: { listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: edgetls }] } }] }
    `,
    expected: [
      `
      warning NL455 tls-secret-missing
      on Gateway edge/g at spec.listeners.0.tls.certificateRefs.0.name
      there is no Secret edgetls in namespace edge
      help: did you mean edge-tls?
      see Secret edge/edge-tls at metadata.name: a similar name
      `,
      `
      warning NL455 tls-secret-missing
      on Ingress shop/a at spec.tls.0.secretName
      there is no Secret shop-tsl in namespace shop
      help: did you mean shop-tls?
      see Secret shop/shop-tls at metadata.name: a similar name
      `,
    ],
  },
  {
    name: 'in another namespace',
    input: `${secret('certs', 'shop-tls')}
      - Ingress shop/a: { tls: [{ secretName: shop-tls }] }
    `,
    expected: [
      `
      warning NL455 tls-secret-missing
      on Ingress shop/a at spec.tls.0.secretName
      there is no Secret shop-tls in namespace shop
      help: Secret certs/shop-tls is in another namespace: copy it to shop
      see Secret certs/shop-tls at metadata.name: one of that name
      `,
    ],
  },
  {
    name: 'silent: there, copied, issued, made by something else, and of which nothing is known',
    input: `${secret('shop', 'there')}${secret('certs', 'wild', "{ reflector.v1.k8s.emberstack.com/reflection-allowed: 'true' }")}${secret('certs', 'issued')}${secret('certs', 'made')}
      - Ingress shop/a: { tls: [{ secretName: there }, { secretName: wild }, { secretName: made }, { secretName: nobody-knows }, {}] }
      - Ingress shop/b: { tls: [{ secretName: issued }] }
        annotations: { cert-manager.io/cluster-issuer: x }
      - manifest: { apiVersion: cert-manager.io/v1, kind: Certificate, metadata: { name: c, namespace: shop }, spec: { secretName: made } }
    `,
    expected: [],
  },
  {
    name: 'silent: the similar name is used by another, and namespaces that each have one',
    input: `${secret('shop', 'web-tls')}${secret('a', 'tls')}${secret('b', 'tls')}
      - Ingress shop/a: { tls: [{ secretName: web-tls }, { secretName: wed-tls }] }
      - Ingress shop/b: { tls: [{ secretName: tls }] }
    `,
    expected: [],
  },
]);
