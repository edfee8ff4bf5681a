import { flatMap, type IpPool, type NetworkModel, type Node } from '../../model';
import { append, groupBy } from '../../model/lookup';
import { perModel } from '../../model/per-model';
import { askedValues, type CalicoSelector, readCalicoSelector, selects } from '../../syntax/calico-selector';

/** Which pools of Calico select which nodes. */
export interface NodeSelection {
  /** Nodes that no selector tells apart. */
  readonly alike: readonly (readonly Node[])[];
  readonly among: (pools: readonly IpPool[]) => SelectionAmong;
}

/** Of some pools, without asking each of them for each node: of those that name the values of a label, only those with the value of the node. */
export interface SelectionAmong {
  /** Those of which it cannot be told which nodes they select. */
  readonly untold: readonly IpPool[];
  /** Whether one of them selects the node, or may: not all of what it asks for can be told. */
  readonly maySelect: (node: Node) => boolean;
  readonly select: (node: Node) => boolean;
  /** Those that select it, or may, without the untold ones, in no order. */
  readonly selecting: (node: Node) => readonly IpPool[];
  /** Those that select one of the nodes, in their order. */
  readonly selectingAny: (nodes: readonly Node[]) => readonly IpPool[];
}

export const nodeSelection = perModel((model): NodeSelection => ({
  alike: alikeNodes(model),
  among: (pools) => selectionAmong(pools, model),
}));

/** Labels that each node has, whether they are written or not. */
const OF_KUBELET = /^kubernetes\.io\/(hostname|os|arch)$/;

/** Pools with the same selector. */
interface Selecting {
  readonly pools: readonly IpPool[];
  /** Undefined where it cannot be told. */
  readonly isSelected: (node: Node) => boolean | undefined;
}

function selectionAmong(pools: readonly IpPool[], { nodes }: NetworkModel): SelectionAmong {
  const shown = new Set(flatMap(nodes, ({ labels }) => [...labels.keys()]));
  const byValue = new Map<string, Map<string, Selecting[]>>();
  const others: Selecting[] = [];
  const untold: IpPool[] = [];
  for (const [text, same] of groupBy(pools, ({ nodeSelector }) => nodeSelector)) {
    const selector = readCalicoSelector(text);
    const labels = [...(selector?.labels ?? [])];
    // What no node shows is set by the kubelet or by the cloud, if at all.
    if (selector === undefined || !labels.every((label) => shown.has(label))) {
      for (const pool of same) untold.push(pool);
      continue;
    }
    const ofKubelet = labels.filter((label) => OF_KUBELET.test(label));
    const selecting = { pools: same, isSelected: selectionBy(selector, ofKubelet) };
    const asked = ofKubelet.length === 0 ? askedValues(selector) : undefined;
    if (asked === undefined) {
      others.push(selecting);
      continue;
    }
    const ofLabel = byValue.get(asked.label) ?? new Map<string, Selecting[]>();
    byValue.set(asked.label, ofLabel);
    for (const value of asked.values) append(ofLabel, value, selecting);
  }

  function* candidates({ labels }: Node): Generator<Selecting> {
    yield* others;
    for (const [label, value] of labels) yield* byValue.get(label)?.get(value) ?? [];
  }

  function isAny(node: Node, holds: (isSelected: boolean | undefined) => boolean): boolean {
    for (const { isSelected } of candidates(node)) if (holds(isSelected(node))) return true;
    return false;
  }

  return {
    untold,
    maySelect: (node) => untold.length > 0 || isAny(node, (isSelected) => isSelected !== false),
    select: (node) => isAny(node, (isSelected) => isSelected === true),
    selecting: (node) =>
      flatMap([...candidates(node)], ({ pools: same, isSelected }) => (isSelected(node) === false ? [] : same)),
    selectingAny: (asked) => {
      const found = new Set<IpPool>();
      for (const node of asked) {
        for (const { pools: same, isSelected } of candidates(node)) {
          if (!found.has(same[0]) && isSelected(node) === true) for (const pool of same) found.add(pool);
        }
      }
      return pools.filter((pool) => found.has(pool));
    },
  };
}

function selectionBy(selector: CalicoSelector, ofKubelet: readonly string[]): Selecting['isSelected'] {
  return ({ labels }) => (ofKubelet.every((label) => labels.has(label)) ? selects(selector, labels) : undefined);
}

function alikeNodes({ nodes, ipPools }: NetworkModel): readonly (readonly Node[])[] {
  const asked = new Set(flatMap(ipPools, ({ nodeSelector }) => [...(readCalicoSelector(nodeSelector)?.labels ?? [])]));
  const groups = groupBy(nodes, ({ labels }) => JSON.stringify([...labels].filter(([label]) => asked.has(label))));
  return [...groups.values()];
}
