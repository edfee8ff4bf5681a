import {
  flatMap,
  type LabelSelector,
  type NetworkModel,
  type NetworkPolicy,
  type PolicyPeer,
  type PolicyRule,
} from '../../model';

/** Two neighbours in a list of peers that were probably meant as one: the pods of a namespace. */
export interface SplitPeer {
  readonly namespaces: PolicyPeer;
  readonly pods: PolicyPeer;
}

/**
 * A namespaceSelector alone, beside a podSelector alone that chooses nothing in the namespace of the policy: as two items they
 * mean "or". Pods of the selected namespaces have the labels, or the input does not have these namespaces and cannot tell.
 */
export function splitPeers(model: NetworkModel, policy: NetworkPolicy, { peers }: PolicyRule): readonly SplitPeer[] {
  return flatMap(peers, (peer, index) => {
    const next = peers.at(index + 1);
    if (next === undefined) return [];
    const pair = isNamespacesOnly(peer) && isPodsOnly(next) ? { namespaces: peer, pods: next } : undefined;
    const turned = isPodsOnly(peer) && isNamespacesOnly(next) ? { namespaces: next, pods: peer } : undefined;
    const split = pair ?? turned;
    if (split === undefined) return [];
    const own = model.podsOfPeer(policy.namespace, split.pods);
    if (own === undefined || own.workloads.length > 0 || !own.complete) return [];
    const together = model.podsOfPeer(policy.namespace, { ...split.namespaces, podSelector: split.pods.podSelector });
    if (together === undefined) return [];
    // The other way round nobody writes one item by mistake, so that it takes a pod that is really there.
    return together.workloads.length > 0 || (pair !== undefined && !together.complete) ? [split] : [];
  });
}

function isNamespacesOnly({ namespaceSelector, podSelector, ipBlock }: PolicyPeer): boolean {
  return isNarrow(namespaceSelector) && podSelector === undefined && ipBlock === undefined;
}

function isPodsOnly({ namespaceSelector, podSelector, ipBlock }: PolicyPeer): boolean {
  return isNarrow(podSelector) && namespaceSelector === undefined && ipBlock === undefined;
}

function isNarrow(selector: LabelSelector | undefined): boolean {
  return selector !== undefined && selector.labels.size + selector.expressions.length > 0;
}
