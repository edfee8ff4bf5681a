import { objectText } from '../../finding/finding';
import { below, type NetworkModel, type NetworkPolicy, type PolicyPeer, type Workload } from '../../model';
import type { NetworkRule } from '../network-rule';

/**
 * What a policy does for a pod in the network of its node is undefined; most network plugins ignore it (NetworkPolicy
 * documentation, "NetworkPolicy and hostNetwork pods"). A policy for all pods of a namespace does not speak of such a pod.
 */
export const policyOnHostNetwork: NetworkRule = {
  code: 'NL516',
  slug: 'policy-on-host-network',
  severity: 'warning',
  title: 'A NetworkPolicy names pods in the network of their node, which most plugins do not see as pods',
  concernsReach: true,
  check(model, report) {
    for (const policy of model.networkPolicies) {
      const onHost = subjectsOnHost(model, policy);
      if (onHost.length > 0) {
        report({
          on: policy.object,
          field: ['spec', 'podSelector'],
          message: `the policy selects ${namesOf(onHost)}, with hostNetwork: most network plugins do not isolate such pods`,
          related: [{ on: onHost[0].object, field: [], message: 'in the network of its node' }],
          help: 'protect the ports of the node otherwise, such as with a firewall or a host policy of the CNI, or leave hostNetwork out',
        });
      }
      for (const { direction, peers } of policy.rules) {
        if (!policy.isolates.has(direction)) continue;
        for (const peer of peers) {
          const pods = podsOnHost(model, policy, peer);
          if (pods === undefined) continue;
          report({
            on: policy.object,
            field: below(peer.path, 'podSelector'),
            message: `the peer is ${namesOf(pods)}, with hostNetwork: most network plugins see the node instead, and allow nobody here`,
            related: [{ on: pods[0].object, field: [], message: 'in the network of its node' }],
            help: 'allow the addresses of the nodes with ipBlock, or leave hostNetwork out',
          });
        }
      }
    }
  },
};

function subjectsOnHost({ selectors }: NetworkModel, { namespace, podSelector }: NetworkPolicy): readonly Workload[] {
  const { labels, expressions } = podSelector;
  if (labels.size + expressions.length === 0) return [];
  return selectors.select(namespace, podSelector).filter(({ hostNetwork }) => hostNetwork);
}

/** The pods of a peer that is about certain pods, if all of them are in the network of their node. */
function podsOnHost(
  { podsOfPeer }: NetworkModel,
  { namespace }: NetworkPolicy,
  peer: PolicyPeer,
): readonly Workload[] | undefined {
  const { podSelector } = peer;
  if (podSelector === undefined || podSelector.labels.size + podSelector.expressions.length === 0) return undefined;
  const pods = podsOfPeer(namespace, peer);
  if (pods === undefined || !pods.complete || pods.workloads.length === 0) return undefined;
  return pods.workloads.every(({ hostNetwork }) => hostNetwork) ? pods.workloads : undefined;
}

function namesOf(workloads: readonly Workload[]): string {
  const others = workloads.length - 1;
  return `${objectText(workloads[0].object.ref)}${others === 0 ? '' : ` and ${others} more`}`;
}
