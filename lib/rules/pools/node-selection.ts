import { flatMap, type IpPool, type Node } from '../../model';
import { groupBy } from '../../model/lookup';
import { perModel } from '../../model/per-model';
import { readCalicoSelector, selects } from '../../syntax/calico-selector';

/** Which pools of Calico select which nodes. */
export interface NodeSelection {
  /** Nodes that no selector tells apart. */
  readonly alike: readonly (readonly Node[])[];
  /** Undefined where it cannot be told. */
  readonly isSelected: (node: Node, pool: IpPool) => boolean | undefined;
}

export const nodeSelection = perModel(({ nodes, ipPools }): NodeSelection => ({
  alike: alikeNodes(nodes, ipPools),
  isSelected: selectionAmong(nodes, ipPools),
}));

/** Labels that each node has, whether they are written or not. */
const OF_KUBELET = /^kubernetes\.io\/(hostname|os|arch)$/;

/** What no node shows is set by the kubelet or by the cloud, if at all. */
function selectionAmong(nodes: readonly Node[], pools: readonly IpPool[]): NodeSelection['isSelected'] {
  const shown = new Set(flatMap(nodes, ({ labels }) => [...labels.keys()]));
  const selectors = new Map(
    flatMap(pools, (pool) => {
      const selector = readCalicoSelector(pool.nodeSelector);
      const asked = [...(selector?.labels ?? [])];
      return selector !== undefined && asked.every((label) => shown.has(label))
        ? [{ pool, selector, ofKubelet: asked.filter((label) => OF_KUBELET.test(label)) }]
        : [];
    }).map((read) => [read.pool, read] as const),
  );
  return ({ labels }, pool) => {
    const read = selectors.get(pool);
    const isTold = read?.ofKubelet.every((label) => labels.has(label)) === true;
    return isTold ? selects(read.selector, labels) : undefined;
  };
}

function alikeNodes(nodes: readonly Node[], pools: readonly IpPool[]): readonly (readonly Node[])[] {
  const asked = new Set(flatMap(pools, ({ nodeSelector }) => [...(readCalicoSelector(nodeSelector)?.labels ?? [])]));
  const groups = groupBy(nodes, ({ labels }) => JSON.stringify([...labels].filter(([label]) => asked.has(label))));
  return [...groups.values()];
}
