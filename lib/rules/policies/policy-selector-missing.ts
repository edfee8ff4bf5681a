import { at } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Required by the schema before Kubernetes 1.34, and every pod of the namespace since (NetworkPolicySpec, `podSelector`). */
export const policySelectorMissing: NetworkRule = {
  code: 'NL508',
  slug: 'policy-selector-missing',
  severity: 'warning',
  layer: 'object',
  title: 'A NetworkPolicy does not say which pods it is about',
  concernsReach: true,
  check(model, report) {
    for (const { object, namespace } of model.networkPolicies) {
      const selector = at(object.manifest, 'spec', 'podSelector');
      if (selector !== undefined && selector !== null) continue;
      report({
        on: object,
        field: ['spec', 'podSelector'],
        message: `podSelector is missing, which means every pod of namespace ${namespace}`,
        help: 'write podSelector: {} if every pod is meant, else select the pods',
      });
    }
  },
};
