import { at, list, POLICY_DIRECTIONS, POLICY_TYPES } from '../../model';
import type { NetworkRule } from '../network-rule';

const KNOWN_TYPES: readonly unknown[] = Object.values(POLICY_TYPES);

/** Rules of a direction that `policyTypes` does not name are accepted and have no effect (NetworkPolicySpec, `policyTypes`). */
export const policyRulesIgnored: NetworkRule = {
  code: 'NL507',
  slug: 'policy-rules-ignored',
  severity: 'error',
  layer: 'object',
  title: 'A NetworkPolicy has rules of a direction that its policyTypes leave out',
  concernsReach: true,
  check(model, report) {
    for (const { object, rules, isolates } of model.networkPolicies) {
      // What a misspelt type was to be is not known, and NL505 reports it.
      const types = list(at(object.manifest, 'spec', 'policyTypes'));
      if (!types.every((type) => KNOWN_TYPES.includes(type))) continue;
      for (const direction of POLICY_DIRECTIONS) {
        if (isolates.has(direction) || !rules.some((rule) => rule.direction === direction)) continue;
        const type = POLICY_TYPES[direction];
        report({
          on: object,
          field: ['spec', direction],
          message: `policyTypes does not name ${type}, so that the ${direction} rules have no effect: ${direction} stays open`,
          help: `add ${type} to policyTypes, or leave the ${direction} rules out`,
        });
      }
    }
  },
};
