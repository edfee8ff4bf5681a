import { at, flatMap, labelSelectorText } from '../../model';
import type { NetworkRule } from '../network-rule';
import { whyNothingMatches } from '../no-match';
import { reportUnmatched, type Unmatched } from '../operator-made-pods';
import { selectorProblems } from '../selector-problems';

/** A policy that selects no pod has no effect (networking.k8s.io/v1, podSelector). */
export const policySelectsNothing: NetworkRule = {
  code: 'NL501',
  slug: 'policy-selects-nothing',
  severity: 'warning',
  title: 'A NetworkPolicy selects no workload',
  concernsReach: true,
  check(model, report) {
    const unmatched = flatMap(model.networkPolicies, ({ object, namespace, podSelector }): readonly Unmatched[] => {
      if (podSelector.labels.size === 0 && podSelector.expressions.length === 0) return [];
      // A selector that is refused has a rule of its own.
      if (selectorProblems(at(object.manifest, 'spec', 'podSelector'), []).length > 0) return [];
      const why = whyNothingMatches(model, namespace, podSelector);
      if (why === undefined) return [];
      const violation = {
        on: object,
        field: ['spec', 'podSelector'],
        message: `the policy selects ${labelSelectorText(podSelector)}, which matches no workload${why.certain ? ': it has no effect' : ' of the input'}`,
        help: why.help,
      };
      return [{ namespace, violation, isCertain: why.certain }];
    });
    reportUnmatched(model, unmatched, report);
  },
};
