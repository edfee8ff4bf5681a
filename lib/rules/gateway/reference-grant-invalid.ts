import { apiGroup, GATEWAY_API_GROUP, member } from '../../model';
import { isSet } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { structureProblemsOf } from '../structure/structure-problems';

/** The schema of the CRD: apis/v1/referencegrant_types.go of kubernetes-sigs/gateway-api. */
export const referenceGrantInvalid: NetworkRule = {
  code: 'NL432',
  slug: 'reference-grant-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A ReferenceGrant that the API server refuses',
  check(model, report) {
    const grants = structureProblemsOf(
      model,
      ({ ref }) => ref.kind === 'ReferenceGrant' && apiGroup(ref.apiVersion) === GATEWAY_API_GROUP,
    );
    for (const { object, problems } of grants) {
      for (const problem of problems) report({ on: object, ...problem });
    }
    for (const object of model.ofKind('ReferenceGrant')) {
      const isOfGatewayApi = apiGroup(object.ref.apiVersion) === GATEWAY_API_GROUP;
      if (!isOfGatewayApi || isSet(member(object.manifest, 'spec'))) continue;
      report({
        on: object,
        field: ['spec'],
        message: 'the ReferenceGrant has no spec',
        help: 'say who may refer to what, in from and to',
      });
    }
  },
};
