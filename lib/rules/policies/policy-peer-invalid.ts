import { below, peersField, type PolicyPeer } from '../../model';
import type { NetworkRule } from '../network-rule';

/** A peer that says nothing is refused, not taken for everyone (ValidateNetworkPolicyPeer). */
export const policyPeerInvalid: NetworkRule = {
  code: 'NL502',
  slug: 'policy-peer-invalid',
  severity: 'error',
  layer: 'object',
  title: 'A peer of a NetworkPolicy says nothing, or both addresses and pods',
  concernsReach: true,
  check(model, report) {
    for (const policy of model.networkPolicies) {
      for (const { direction, peers } of policy.rules) {
        for (const peer of peers) {
          if (isEmpty(peer)) {
            report({
              on: policy.object,
              field: peer.path,
              message: 'the peer has none of podSelector, namespaceSelector and ipBlock, and the API server refuses it',
              help: `for all pods of the cluster write namespaceSelector: {}; for everyone leave ${peersField(direction)} out`,
            });
          } else if (peer.ipBlock !== undefined && (peer.podSelector ?? peer.namespaceSelector) !== undefined) {
            report({
              on: policy.object,
              field: below(peer.path, 'ipBlock'),
              message: 'the peer has an ipBlock together with a selector, and the API server refuses it',
              help: 'make two items of the list of it: the addresses are allowed, and so are the pods',
            });
          }
        }
      }
    }
  },
};

function isEmpty({ podSelector, namespaceSelector, ipBlock }: PolicyPeer): boolean {
  return podSelector === undefined && namespaceSelector === undefined && ipBlock === undefined;
}
