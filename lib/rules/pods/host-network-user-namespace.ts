import { below, member } from '../../model';
import type { NetworkRule } from '../network-rule';
import { podSpecs } from './pod-specs';

/** validateHostUsers of pkg/apis/core/validation; the gate that lifts this, UserNamespacesHostNetworkSupport, is off by default. */
export const hostNetworkUserNamespace: NetworkRule = {
  code: 'NL538',
  slug: 'host-network-user-namespace',
  severity: 'error',
  title: 'Pods in the network of their node have a user namespace',
  layer: 'object',
  check(model, report) {
    for (const { object, path, spec } of podSpecs(model)) {
      if (member(spec, 'hostNetwork') !== true || member(spec, 'hostUsers') !== false) continue;
      report({
        on: object,
        field: below(path, 'hostNetwork'),
        message: 'hostNetwork is true and hostUsers is false, which the API server refuses',
        help: 'leave one of them out: a pod with users of its own has a network of its own',
      });
    }
  },
};
