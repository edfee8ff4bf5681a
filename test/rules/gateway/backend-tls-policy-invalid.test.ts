import { backendTlsPolicyInvalid } from '../../../lib/rules/gateway/backend-tls-policy-invalid';
import { testRule } from '../expectations';

testRule(backendTlsPolicyInvalid, [
  {
    name: 'silent',
    input: `
      - BackendTLSPolicy shop/a: { targetRefs: [{ group: '', kind: Service, name: web }], validation: { wellKnownCACertificates: System, hostname: web.example.com } }
      - BackendTLSPolicy shop/b:
          targetRefs: [{ group: '', kind: Service, name: web, sectionName: a }, { group: '', kind: Service, name: web, sectionName: b }]
          validation:
            caCertificateRefs: [{ group: '', kind: ConfigMap, name: ca }]
            hostname: web.example.com
            subjectAltNames: [{ type: Hostname, hostname: '*.example.com' }, { type: URI, uri: 'spiffe://a/b' }]
      - manifest: { apiVersion: gateway.networking.k8s.io/v1alpha2, kind: BackendTLSPolicy, metadata: { name: old, namespace: shop }, spec: { targetRef: {}, tls: {} } }
      - manifest: { apiVersion: example.com/v1, kind: BackendTLSPolicy, metadata: { name: other, namespace: shop } }
    `,
    expected: [],
  },
  {
    name: 'targets',
    input: `
      - BackendTLSPolicy shop/a: { validation: { wellKnownCACertificates: System, hostname: web.example.com } }
      - BackendTLSPolicy shop/b: { targetRefs: [{ kind: Service, name: web }], validation: { wellKnownCACertificates: System, hostname: web.example.com } }
      - BackendTLSPolicy shop/c:
          targetRefs: [{ group: '', kind: Service, name: web }, { group: '', kind: Service, name: web, sectionName: a }]
          validation: { wellKnownCACertificates: System, hostname: web.example.com }
      - BackendTLSPolicy shop/d:
          targetRefs: [{ group: '', kind: Service, name: web, sectionName: a }, { group: '', kind: Service, name: web, sectionName: a }]
          validation: { wellKnownCACertificates: System, hostname: web.example.com }
    `,
    expected: [
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/a at spec.targetRefs
      spec has no targetRefs
      help: add targetRefs
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/b at spec.targetRefs.0.group
      item 1 of targetRefs has no group
      help: add group: that of Services, Secrets and ConfigMaps is ''
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/c at spec.targetRefs.0
      the policy refers to Service web 2 times, here without a sectionName
      help: keep this one alone, or give each of them a sectionName
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/d at spec.targetRefs.1
      the policy refers to section a of Service web twice
      help: remove one of the two
      `,
    ],
  },
  {
    name: 'validation',
    input: `
      - BackendTLSPolicy shop/a: { targetRefs: [{ group: '', kind: Service, name: web }] }
      - BackendTLSPolicy shop/b: { targetRefs: [{ group: '', kind: Service, name: web }], validation: {} }
      - BackendTLSPolicy shop/c:
          targetRefs: [{ group: '', kind: Service, name: web }]
          validation: { caCertificateRefs: [{ group: '', kind: ConfigMap, name: ca }], wellKnownCACertificates: System, hostname: '*.example.com' }
      - BackendTLSPolicy shop/d:
          targetRefs: [{ group: '', kind: Service, name: web }]
          validation: { wellKnownCACertificates: system, hostname: 10.0.0.1, subjectAltNames: [{ type: URI, hostname: a }, { type: uri }, {}] }
      - BackendTLSPolicy shop/e:
          targetRefs: [{ group: '', kind: Service, name: web }]
          validation: { caCertificateRefs: [{ kind: ConfigMap }], hostname: web.example.com, subjectAltNames: [{}, {}, {}, {}, {}, {}] }
    `,
    expected: [
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/a at spec.validation
      spec has no validation
      help: add validation
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/b at spec.validation
      validation has neither caCertificateRefs nor wellKnownCACertificates
      help: give one of them: a ConfigMap with the CA in ca.crt, or System for the CAs that the gateway trusts anyway
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/b at spec.validation.hostname
      validation has no hostname
      help: give the name that the certificate of the backend has: the gateway asks for it and checks it
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/c at spec.validation.hostname
      hostname "*.example.com" is not the name of one host
      help: use one DNS name in lower case, without scheme, port and wildcard
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/c at spec.validation
      validation has both caCertificateRefs and wellKnownCACertificates
      help: give one of them: a ConfigMap with the CA in ca.crt, or System for the CAs that the gateway trusts anyway
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/d at spec.validation.subjectAltNames.0.hostname
      a name of type URI has a hostname
      help: leave hostname out, or change the type
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/d at spec.validation.subjectAltNames.0.uri
      a name of type URI has no uri
      help: give the uri
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/d at spec.validation.hostname
      hostname "10.0.0.1" is not a host name
      help: give the name that the certificate of the backend has: an address is none
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/d at spec.validation.subjectAltNames.2.type
      item 3 of subjectAltNames has no type
      help: add type
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/d at spec.validation.subjectAltNames.1.type
      type is "uri", and must be Hostname or URI
      help: write Hostname or URI: case matters
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/d at spec.validation.wellKnownCACertificates
      wellKnownCACertificates is "system", and must be System
      help: write System: case matters
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.caCertificateRefs.0.group
      item 1 of caCertificateRefs has no group
      help: add group: that of Services, Secrets and ConfigMaps is ''
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.caCertificateRefs.0.name
      item 1 of caCertificateRefs has no name
      help: add name
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.subjectAltNames.0.type
      item 1 of subjectAltNames has no type
      help: add type
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.subjectAltNames.1.type
      item 2 of subjectAltNames has no type
      help: add type
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.subjectAltNames.2.type
      item 3 of subjectAltNames has no type
      help: add type
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.subjectAltNames.3.type
      item 4 of subjectAltNames has no type
      help: add type
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.subjectAltNames.4.type
      item 5 of subjectAltNames has no type
      help: add type
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.subjectAltNames.5.type
      item 6 of subjectAltNames has no type
      help: add type
      `,
      `
      error NL480 backend-tls-policy-invalid
      on BackendTLSPolicy shop/e at spec.validation.subjectAltNames
      subjectAltNames has 6 items, and at most 5 are allowed
      help: spread them over several rules or objects
      `,
    ],
  },
]);
