import { at, nonEmpty } from '../../model';
import type { NetworkRule } from '../network-rule';

/**
 * Without a namespace a policy lands where kubectl happens to be. A policy for all pods selects something everywhere, so that
 * nothing else finds it; manifests in which nothing names a namespace are meant to be applied with `-n`.
 */
export const policyNamespaceOmitted: NetworkRule = {
  code: 'NL517',
  slug: 'policy-namespace-omitted',
  severity: 'warning',
  title: 'A NetworkPolicy for all pods names no namespace, and all pods are elsewhere',
  check(model, report) {
    if (model.workloads.length === 0 || model.selectors.hasWorkloads('default')) return;
    for (const { object, podSelector } of model.networkPolicies) {
      if (podSelector.labels.size + podSelector.expressions.length > 0) continue;
      if (nonEmpty(at(object.manifest, 'metadata', 'namespace')) !== undefined) continue;
      report({
        on: object,
        field: ['metadata', 'namespace'],
        message: `the policy is for all pods of its namespace and names none; no workload is in namespace default, and ${model.workloads.length} in others`,
        help: 'set metadata.namespace, once for each namespace that the policy is for',
      });
    }
  },
};
