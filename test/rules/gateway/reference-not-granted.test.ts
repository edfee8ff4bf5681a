import { referenceNotGranted } from '../../../lib/rules/gateway/reference-not-granted';
import { testRule } from '../expectations';

testRule(referenceNotGranted, [
  {
    name: 'backends and certificates',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: c, namespace: certs }] } }] }
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: billing, namespace: pay, port: 80 }] }] }
    `,
    expected: [
      `
      error NL441 reference-not-granted
      on Gateway infra/public at spec.listeners.0.tls.certificateRefs.0.namespace
      no ReferenceGrant in namespace certs lets the Gateway refer to Secret c there
      help: make one in certs, from Gateway of namespace infra to Secret, or use a Secret of infra
      `,
      `
      error NL441 reference-not-granted
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.namespace
      no ReferenceGrant in namespace pay lets the HTTPRoute refer to Service billing there
      help: make one in pay, from HTTPRoute of namespace shop to Service, or use one of shop
      `,
    ],
  },
  {
    name: 'grants in another namespace, from another one, for another kind or name',
    input: `
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: billing, namespace: pay, port: 80 }] }] }
      - ReferenceGrant shop/a: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }], to: [{ group: '', kind: Service }] }
      - ReferenceGrant pay/a: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: api }], to: [{ group: '', kind: Service }] }
      - ReferenceGrant pay/b: { from: [{ group: gateway.networking.k8s.io, kind: GRPCRoute, namespace: shop }], to: [{ group: '', kind: Service }] }
      - ReferenceGrant pay/c: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }], to: [{ group: '', kind: Service, name: other }, { group: '', kind: Secret }] }
    `,
    expected: [
      `
      error NL441 reference-not-granted
      on HTTPRoute shop/a at spec.rules.0.backendRefs.0.namespace
      no ReferenceGrant in namespace pay lets the HTTPRoute refer to Service billing there
      help: make one in pay, from HTTPRoute of namespace shop to Service, or use one of shop
      `,
    ],
  },
  {
    name: 'silent: granted to all or by name, and inside of one namespace',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [{ name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: c, namespace: certs }, { name: own }] } }] }
      - HTTPRoute shop/a: { rules: [{ backendRefs: [{ name: billing, namespace: pay, port: 80 }, { name: web, namespace: shop, port: 80 }] }] }
      - ReferenceGrant pay/a: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }], to: [{ group: '', kind: Service }] }
      - ReferenceGrant certs/a: { from: [{ group: gateway.networking.k8s.io, kind: Gateway, namespace: infra }], to: [{ group: '', kind: Secret, name: c }] }
    `,
    expected: [],
  },
  {
    name: 'certificates of the whole Gateway, and what filters ask for authorization',
    input: `
      - Gateway infra/public: { gatewayClassName: c, listeners: [], tls: { backend: { clientCertificateRef: { name: c, namespace: certs } }, frontend: { default: { validation: { caCertificateRefs: [{ group: '', kind: ConfigMap, name: ca, namespace: certs }, { group: '', kind: ConfigMap, name: own }] } }, perPort: [{ port: 443, tls: { validation: { caCertificateRefs: [{ group: '', kind: ConfigMap, name: granted, namespace: certs }] } } }] } } }
      - ReferenceGrant certs/a: { from: [{ group: gateway.networking.k8s.io, kind: Gateway, namespace: infra }], to: [{ group: '', kind: ConfigMap, name: granted }] }
      - HTTPRoute shop/a: { rules: [{ filters: [{ type: ExternalAuth, externalAuth: { protocol: HTTP, http: {}, backendRef: { name: auth, namespace: pay, port: 80 } } }] }] }
    `,
    expected: [
      `
      error NL441 reference-not-granted
      on Gateway infra/public at spec.tls.frontend.default.validation.caCertificateRefs.0.namespace
      no ReferenceGrant in namespace certs lets the Gateway refer to ConfigMap ca there
      help: make one in certs, from Gateway of namespace infra to ConfigMap, or use a ConfigMap of infra
      `,
      `
      error NL441 reference-not-granted
      on Gateway infra/public at spec.tls.backend.clientCertificateRef.namespace
      no ReferenceGrant in namespace certs lets the Gateway refer to Secret c there
      help: make one in certs, from Gateway of namespace infra to Secret, or use a Secret of infra
      `,
      `
      error NL441 reference-not-granted
      on HTTPRoute shop/a at spec.rules.0.filters.0.externalAuth.backendRef.namespace
      no ReferenceGrant in namespace pay lets the HTTPRoute refer to Service auth there
      help: make one in pay, from HTTPRoute of namespace shop to Service, or use one of shop
      `,
    ],
  },
  {
    name: 'an info: the route does not say that it is in another namespace',
    input: `
      - HTTPRoute a: { rules: [{ backendRefs: [{ name: billing, namespace: pay, port: 80 }] }] }
    `,
    expected: [
      `
      info NL441 reference-not-granted
      on HTTPRoute default/a at spec.rules.0.backendRefs.0.namespace
      no ReferenceGrant in namespace pay lets the HTTPRoute refer to Service billing there
      help: state the namespace of both, unless kubectl, kustomize or Flux is told it
      `,
    ],
  },
]);
