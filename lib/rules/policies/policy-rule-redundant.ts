import { at, peersField, POLICY_DIRECTIONS, record } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Rules add up (NetworkPolicySpec, `ingress` and `egress`): beside one that allows everything the others say nothing. */
export const policyRuleRedundant: NetworkRule = {
  code: 'NL540',
  slug: 'policy-rule-redundant',
  severity: 'warning',
  title: 'A NetworkPolicy has a rule that allows everything beside other rules',
  layer: 'object',
  check(model, report) {
    for (const { object, rules, isolates } of model.networkPolicies) {
      for (const direction of POLICY_DIRECTIONS) {
        const ofDirection = rules.filter((rule) => rule.direction === direction);
        // An empty list of peers or ports is said to allow all of them by a rule of its own.
        const open = ofDirection.find(({ path }) => {
          const value = record(at(object.manifest, ...path));
          return value !== undefined && !Object.hasOwn(value, peersField(direction)) && !Object.hasOwn(value, 'ports');
        });
        if (open === undefined || ofDirection.length < 2 || !isolates.has(direction)) continue;
        report({
          on: object,
          field: open.path,
          message: `this ${direction} rule is empty and allows everything, so that the other rules of ${direction} restrict nothing`,
          help: 'remove it, or name its peers or ports; if everything is meant, remove the others',
        });
      }
    }
  },
};
