import { referenceGrantInvalid } from '../../../lib/rules/gateway/reference-grant-invalid';
import { testRule } from '../expectations';

testRule(referenceGrantInvalid, [
  {
    name: 'no entries, too many, and entries that lack something',
    input: `
      - ReferenceGrant shop/a: { from: [] }
      - ReferenceGrant shop/b: { from: [{ kind: HTTPRoute }], to: [{ group: '' }] }
      - ReferenceGrant shop/c: { from: [{ group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }, { group: g, kind: k, namespace: n }], to: [{ group: '', kind: Service }] }
    `,
    expected: [
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/a at spec.from
      from is empty
      help: name at least one
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/a at spec.to
      spec has no to
      help: add to
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/b at spec.from.0.group
      item 1 of from has no group
      help: add group: that of Services, Secrets and ConfigMaps is ''
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/b at spec.from.0.namespace
      item 1 of from has no namespace
      help: add namespace
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/b at spec.to.0.kind
      item 1 of to has no kind
      help: add kind
      `,
      `
      error NL432 reference-grant-invalid
      on ReferenceGrant shop/c at spec.from
      from has 17 items, and at most 16 are allowed
      help: spread them over several rules or objects
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
