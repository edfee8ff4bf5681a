import { objectText } from '../../finding/finding';
import { collisions } from '../collisions';
import { flatMap } from '../../model';
import type { NetworkRule } from '../network-rule';
import { backendTlsPolicies, serviceTargets } from './backend-tls-policies';

/** The older one counts, or the first by name; the other gets the condition Accepted: False with the reason Conflicted (BackendTLSPolicySpec, `targetRefs`). */
export const backendTlsPolicyConflict: NetworkRule = {
  code: 'NL482',
  slug: 'backend-tls-policy-conflict',
  severity: 'warning',
  title: 'Two BackendTLSPolicies are for one port of a Service',
  check(model, report) {
    const targets = flatMap(backendTlsPolicies(model), serviceTargets);
    const placeOf = ({ policy, name, sectionName }: (typeof targets)[number]): string =>
      JSON.stringify([policy.namespace, name, sectionName ?? null]);
    for (const { first, others } of collisions(targets, placeOf)) {
      for (const { policy, name, sectionName, path } of others) {
        if (policy === first.policy) continue;
        report({
          on: policy.object,
          field: path,
          message: `${objectText(first.policy.object.ref)} is for ${sectionName === undefined ? 'all ports' : `port ${sectionName}`} of Service ${name} too`,
          related: [{ on: first.policy.object, field: first.path, message: 'the other policy' }],
          help: 'keep one of them: the one that was made later has no effect',
        });
      }
    }
  },
};
