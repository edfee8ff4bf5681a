import { apiGroup, at, concat, flatMap, GATEWAY_API_GROUP, list, member, nonEmpty, text } from '../../model';
import type { NetworkRule } from '../network-rule';
import { REFERENCE_GRANT } from './crd-forms';

const MOST = 16;

/** apis/v1beta1/referencegrant_types.go of kubernetes-sigs/gateway-api. */
export const referenceGrantInvalid: NetworkRule = {
  code: 'NL432',
  slug: 'reference-grant-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A ReferenceGrant that the API server refuses',
  check(model, report) {
    const grants = model.types.filter(
      ({ kind, apiVersion }) => kind === 'ReferenceGrant' && apiGroup(apiVersion) === GATEWAY_API_GROUP,
    );
    for (const object of flatMap(grants, ({ objects }) => objects)) {
      for (const problem of REFERENCE_GRANT(at(object.manifest, 'spec'), ['spec'])) {
        report({ on: object, ...problem });
      }
      for (const side of ['from', 'to'] as const) {
        const entries = list(at(object.manifest, 'spec', side));
        if (entries.length === 0 || entries.length > MOST) {
          report({
            on: object,
            field: ['spec', side],
            message: `spec.${side} has ${entries.length} entries`,
            help: `give 1 to ${MOST}`,
          });
        }
        for (const [index, entry] of entries.entries()) {
          const missing = concat(
            text(member(entry, 'group')) === undefined ? ['group'] : [],
            (side === 'from' ? ['kind', 'namespace'] : ['kind']).filter(
              (key) => nonEmpty(member(entry, key)) === undefined,
            ),
          );
          for (const key of missing) {
            report({
              on: object,
              field: ['spec', side, index, key],
              message: `the entry has no ${key}`,
              help: key === 'group' ? `give the API group; that of Services and Secrets is ''` : `give the ${key}`,
            });
          }
        }
      }
    }
  },
};
