import { referenceGrantInvalid } from '../../../lib/rules/gateway/reference-grant-invalid';
import { testRule } from '../expectations';

testRule(referenceGrantInvalid, [
  {
    name: 'no entries, too many, and entries that lack something',
    input: `
      - ReferenceGrant shop/a: {}
      - ReferenceGrant shop/b: { from: [{ kind: HTTPRoute }], to: [{ group: '' }] }
      - ReferenceGrant shop/c: { from: [{ group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }], to: [{ group: '', kind: Service }] }
    `,
    expected: [
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/a at spec.from
      spec.from has 0 entries
      help: give 1 to 16
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/a at spec.to
      spec.to has 0 entries
      help: give 1 to 16
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/b at spec.from.0.group
      the entry has no group
      help: give the API group; that of Services and Secrets is ''
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/b at spec.to.0.kind
      the entry has no kind
      help: give the kind
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/b at spec.from.0.namespace
      the entry has no namespace
      help: give the namespace
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/c at spec.from
      spec.from has 17 entries
      help: give 1 to 16
      `,
    ],
  },
  {
    name: 'silent: a whole one',
    input: `
      - ReferenceGrant shop/a: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: api }], to: [{ group: '', kind: Service, name: web }] }
    `,
    expected: [],
  },
]);
