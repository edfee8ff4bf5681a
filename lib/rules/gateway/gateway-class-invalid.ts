import { apiGroup, GATEWAY_API_GROUP } from '../../model';
import type { NetworkRule } from '../network-rule';
import { structureProblemsOf } from '../structure/structure-problems';

/** The schema of the CRD: apis/v1/gatewayclass_types.go of kubernetes-sigs/gateway-api. */
export const gatewayClassInvalid: NetworkRule = {
  code: 'NL443',
  slug: 'gateway-class-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A GatewayClass that the API server refuses',
  check(model, report) {
    const classes = structureProblemsOf(
      model,
      ({ ref }) => ref.kind === 'GatewayClass' && apiGroup(ref.apiVersion) === GATEWAY_API_GROUP,
    );
    for (const { object, problems } of classes) {
      for (const problem of problems) report({ on: object, ...problem });
    }
  },
};
