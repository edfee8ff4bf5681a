import { objectText } from '../../finding/finding';
import type { NetworkRule } from '../network-rule';

/**
 * What a policy does for a pod in the network of its node is undefined; most network plugins ignore it (NetworkPolicy
 * documentation, "NetworkPolicy and hostNetwork pods"). A policy for all pods of a namespace does not speak of such a pod.
 */
export const policyOnHostNetwork: NetworkRule = {
  code: 'NL516',
  slug: 'policy-on-host-network',
  severity: 'warning',
  title: 'A NetworkPolicy selects pods in the network of their node, which most plugins do not isolate',
  check(model, report) {
    for (const policy of model.networkPolicies) {
      const { labels, expressions } = policy.podSelector;
      if (labels.size + expressions.length === 0) continue;
      const onHost = model.selectors
        .select(policy.namespace, policy.podSelector)
        .filter(({ hostNetwork }) => hostNetwork);
      if (onHost.length === 0) continue;
      const [{ object }] = onHost;
      report({
        on: policy.object,
        field: ['spec', 'podSelector'],
        message: `the policy selects ${objectText(object.ref)}${onHost.length === 1 ? '' : ` and ${onHost.length - 1} more`}, with hostNetwork: most network plugins do not isolate such pods`,
        related: [{ on: object, field: [], message: 'in the network of its node' }],
        help: 'protect the ports of the node otherwise, such as with a firewall or a host policy of the CNI, or leave hostNetwork out',
      });
    }
  },
};
