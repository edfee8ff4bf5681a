import { at } from '../../model';
import { addressAsHost } from '../host-name';
import type { NetworkRule } from '../network-rule';
import { withStructure } from '../structure/structure-problems';
import { backendTlsPolicies } from './backend-tls-policies';

/** The schema and the validation expressions of the CRD: apis/v1/backendtlspolicy_types.go of kubernetes-sigs/gateway-api. */
export const backendTlsPolicyInvalid: NetworkRule = {
  code: 'NL480',
  slug: 'backend-tls-policy-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A BackendTLSPolicy that the API server refuses',
  check(model, report) {
    for (const { object, spec } of backendTlsPolicies(model)) {
      const field = ['spec', 'validation', 'hostname'];
      const own = addressAsHost(at(spec, 'validation', 'hostname'), field).map((problem) => ({
        ...problem,
        help: 'give the name that the certificate of the backend has: an address is none',
      }));
      for (const problem of withStructure(model, object, own)) report({ on: object, ...problem });
    }
  },
};
