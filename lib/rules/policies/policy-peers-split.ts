import { labelSelectorText } from '../../model';
import type { NetworkRule } from '../network-rule';
import { splitPeers } from './split-peers';

/** Selectors in one item of the list mean "and", in two items "or" (NetworkPolicyPeer). */
export const policyPeersSplit: NetworkRule = {
  code: 'NL511',
  slug: 'policy-peers-split',
  severity: 'warning',
  title: 'Two peers of a NetworkPolicy were probably meant as one',
  concernsReach: true,
  check(model, report) {
    for (const policy of model.networkPolicies) {
      for (const rule of policy.rules) {
        for (const { namespaces, pods } of splitPeers(model, policy, rule)) {
          if (namespaces.namespaceSelector === undefined || pods.podSelector === undefined) continue;
          report({
            on: policy.object,
            field: pods.path,
            message: `two peers mean "or": all pods of the namespaces ${labelSelectorText(namespaces.namespaceSelector)}, or pods ${labelSelectorText(pods.podSelector)} of namespace ${policy.namespace}, where there are none`,
            help: 'if these pods of these namespaces are meant, make one item of the two: remove the hyphen of the second selector',
          });
        }
      }
    }
  },
};
