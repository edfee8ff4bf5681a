import type { LabelSelector } from './label-selector';
import { memoized } from './lookup';
import type { NamespaceIndex } from './namespace';
import type { PolicyPeer } from './network-policy';
import { bySelector, type SelectorIndex, selectorKey } from './selector-index';
import type { Workload } from './workload';

/** The pods that a peer of a policy chooses. */
export interface PeerPods {
  /** Equal questions get the same array. */
  readonly workloads: readonly Workload[];
  /** Whether the input has pods of every namespace that the peer may look into: only then is "none" an answer. */
  readonly complete: boolean;
}

/** Undefined for a peer of addresses. */
export type PeerPodsOf = (
  policyNamespace: string,
  peer: Pick<PolicyPeer, 'podSelector' | 'namespaceSelector' | 'ipBlock'>,
) => PeerPods | undefined;

const ALL_PODS: LabelSelector = { labels: new Map(), expressions: [] };

export function peerPods(selectors: SelectorIndex, namespaces: NamespaceIndex): PeerPodsOf {
  const namesOf = bySelector((namespaceSelector) => {
    const { matched, possible, open } = namespaces.select(namespaceSelector);
    return {
      names: new Set(matched.map(({ name }) => name)),
      complete:
        !open &&
        possible.length === 0 &&
        matched.length > 0 &&
        matched.every(({ name }) => selectors.hasWorkloads(name)),
    };
  });
  const inNamespaces = memoized(
    ({ namespaceSelector, podSelector }: { namespaceSelector: LabelSelector; podSelector: LabelSelector }) =>
      selectorKey(namespaceSelector) + selectorKey(podSelector),
    ({ namespaceSelector, podSelector }): PeerPods => {
      const { names, complete } = namesOf(namespaceSelector);
      const [first] = names;
      const workloads =
        names.size === 1
          ? selectors.select(first, podSelector)
          : selectors.selectAnywhere(podSelector).filter(({ namespace }) => names.has(namespace));
      return { workloads, complete };
    },
  );
  return (policyNamespace, { podSelector = ALL_PODS, namespaceSelector, ipBlock }) => {
    if (ipBlock !== undefined) return undefined;
    if (namespaceSelector !== undefined) return inNamespaces({ namespaceSelector, podSelector });
    return {
      workloads: selectors.select(policyNamespace, podSelector),
      complete: selectors.hasWorkloads(policyNamespace),
    };
  };
}
