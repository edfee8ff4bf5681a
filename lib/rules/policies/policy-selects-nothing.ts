import { at, labelSelectorText } from '../../model';
import type { NetworkRule } from '../network-rule';
import { whyNothingMatches } from '../no-match';
import { selectorProblems } from '../selector-problems';

/** A policy that selects no pod has no effect (networking.k8s.io/v1, podSelector). */
export const policySelectsNothing: NetworkRule = {
  code: 'NL501',
  slug: 'policy-selects-nothing',
  severity: 'warning',
  title: 'A NetworkPolicy selects no workload',
  concernsReach: true,
  check(model, report) {
    for (const policy of model.networkPolicies) {
      const { labels, expressions } = policy.podSelector;
      if (labels.size === 0 && expressions.length === 0) continue;
      // A selector that is refused has a rule of its own.
      if (selectorProblems(at(policy.object.manifest, 'spec', 'podSelector'), []).length > 0) continue;
      const why = whyNothingMatches(model, policy.namespace, policy.podSelector);
      if (why === undefined) continue;
      report({
        on: policy.object,
        field: ['spec', 'podSelector'],
        message: `the policy selects ${labelSelectorText(policy.podSelector)}, which matches no workload: it has no effect`,
        help: why.help,
      });
    }
  },
};
