import { at, type NetworkPolicy, peersField, POLICY_DIRECTIONS, type PolicyRule, record } from '../../model';
import type { NetworkRule, Violation } from '../network-rule';

/** Names by which authors say what a policy is for. */
const DENIES = /(^|-)(deny|denies|denied|block|isolate|isolation|lockdown)(-|$)/;
const ALLOWS = /(^|-)(allow|allows|open|public)(-|$)/;

/** Rules add up (NetworkPolicySpec, `ingress` and `egress`): beside one that allows everything the others say nothing. */
export const policyRuleRedundant: NetworkRule = {
  code: 'NL540',
  slug: 'policy-rule-redundant',
  severity: 'warning',
  title: 'A NetworkPolicy has an empty rule, which allows everything',
  layer: 'object',
  check(model, report) {
    for (const policy of model.networkPolicies) {
      for (const direction of POLICY_DIRECTIONS) {
        const ofDirection = policy.rules.filter((rule) => rule.direction === direction);
        const open = ofDirection.find((rule) => isEmpty(policy, rule));
        if (open === undefined || !policy.isolates.has(direction)) continue;
        const details = ofDirection.length > 1 ? besideOthers(open) : alone(policy, open);
        if (details !== undefined) report({ on: policy.object, field: open.path, ...details });
      }
    }
  },
};

/** An empty list of peers or ports is said to allow all of them by a rule of its own. */
function isEmpty({ object }: NetworkPolicy, { direction, path }: PolicyRule): boolean {
  const value = record(at(object.manifest, ...path));
  return value !== undefined && !Object.hasOwn(value, peersField(direction)) && !Object.hasOwn(value, 'ports');
}

type Details = Pick<Violation, 'message' | 'help' | 'severity'>;

function besideOthers({ direction }: PolicyRule): Details {
  return {
    message: `this ${direction} rule is empty and allows everything, so that the other rules of ${direction} restrict nothing`,
    help: 'remove it, or name its peers or ports; if everything is meant, remove the others',
  };
}

/** It is how everything is allowed on purpose; an empty list, which allows nothing, differs from it by two characters. */
function alone({ object }: NetworkPolicy, { direction }: PolicyRule): Details | undefined {
  const { name } = object.ref;
  const denies = DENIES.test(name) && !ALLOWS.test(name);
  if (!denies && (direction === 'egress' || ALLOWS.test(name))) return undefined;
  return {
    message: `the only ${direction} rule is empty and allows everything${denies ? ', and the policy is called ' + name : ''}`,
    help: `to allow nothing write ${direction}: [], or leave ${direction} out and name it in policyTypes; if everything is meant, say so in the name of the policy`,
    severity: denies ? 'warning' : 'info',
  };
}
