import type { NetworkRule } from '../../rules/network-rule';
import { hasBuiltInFlannel, networkPlugins } from '../network-plugins';

/** Plugins that take the addresses of pods from the Node give none without it (NodeSpec, `podCIDRs`). */
export const nodeWithoutPodCidr: NetworkRule = {
  code: 'NL662',
  slug: 'node-without-pod-cidr',
  severity: 'error',
  title: 'A node has no pod CIDR, and the network plugin needs one',
  check(model, report) {
    const plugin = networkPlugins(model).find(({ usesNodeCidrs }) => usesNodeCidrs)?.name;
    const asks = plugin ?? (hasBuiltInFlannel(model) ? 'Flannel' : undefined);
    if (asks === undefined) return;
    for (const { object, name, podCidrs } of model.nodes) {
      if (podCidrs.length > 0) continue;
      report({
        on: object,
        field: ['spec'],
        message: `node ${name} has no pod CIDR, and ${asks} gives its pods addresses of it`,
        help: 'kube-controller-manager gives one with --allocate-node-cidrs=true while --cluster-cidr has a free block: netloom capacity says how many are left, its log says CIDRNotAvailable where none is',
      });
    }
  },
};
