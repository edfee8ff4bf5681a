import { formatRange } from '../address';
import { compareText, objectText } from '../finding/finding';
import { type ConnectionSet, type Entrance, INGRESS_CONTROLLER, NO_CONNECTIONS, type Reachability } from '../reach';
import { type Grouping, type ReachResult, reachConnections } from './reach-result';

export type Isolation = 'none' | 'ingress' | 'egress' | 'both';

export interface GraphNode {
  readonly text: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  /** In which directions policies select its pods. */
  readonly isolation: Isolation;
  /** Whether it can open a connection to any address outside. */
  readonly goesOutAnywhere: boolean;
  /** What every other workload can open to it whose egress no policy restricts; nothing if that differs. */
  readonly fromAll: string | undefined;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** How many connections of workloads it stands for. */
  readonly count: number;
}

export interface WayIn {
  /** The Ingress, the route, the Service, or what makes the pods. */
  readonly name: string;
  /** Index among the nodes. */
  readonly target: string;
  readonly label: string;
}

/** Who reaches whom as a picture shows it: what holds for all is a mark of a node, and no arrow. */
export interface ReachGraph {
  /** Sorted by namespace and name. */
  readonly nodes: readonly GraphNode[];
  /** Between workloads or namespaces, ranges of addresses and the ingress controller. */
  readonly edges: readonly GraphEdge[];
  readonly waysIn: readonly WayIn[];
}

export function reachGraph(result: ReachResult, grouping: Grouping): ReachGraph {
  const { reach } = result;
  const { workloads, sets } = reach;
  const isAll = [result.filter.from, result.filter.to, result.filter.ports].every((part) => part === undefined);
  const isolated = { ingress: isolatedIn(reach, 'ingress'), egress: isolatedIn(reach, 'egress') };
  const commonTo = isAll ? commonSets(reach, isolated) : new Map<string, ConnectionSet>();
  const held = new Set([...isolated.egress].map((index) => workloads[index].text));
  const everywhere = isAll
    ? new Set(workloads.filter((_, index) => goesAnywhere(reach, index)).map(({ text }) => text))
    : new Set<string>();
  const namespaceOf = new Map(workloads.map(({ text, namespace }) => [text, namespace]));
  const ranges = new Set(reach.destinations.map(formatRange));
  const nameOf = (party: string): string => (grouping === 'namespace' ? (namespaceOf.get(party) ?? party) : party);
  const edges = new Map<string, { from: string; to: string; set: ConnectionSet; count: number }>();
  for (const { src, dst, set } of reachConnections(result)) {
    if (commonTo.get(dst) === set && namespaceOf.has(src) && !held.has(src)) continue;
    if (everywhere.has(src) && ranges.has(dst)) continue;
    // What comes from outside is drawn as the way in that it takes.
    if (isAll && !namespaceOf.has(src) && src !== INGRESS_CONTROLLER) continue;
    if (isAll && src === INGRESS_CONTROLLER) continue;
    const [from, to] = [nameOf(src), nameOf(dst)];
    if (from === to && grouping === 'namespace') continue;
    const key = JSON.stringify([from, to]);
    const known = edges.get(key);
    edges.set(key, {
      from,
      to,
      set: known === undefined ? set : sets.union(known.set, set),
      count: (known?.count ?? 0) + 1,
    });
  }
  const nodes = workloads.map(({ text, namespace, name, kind }, index): GraphNode => {
    const common = commonTo.get(text);
    return {
      text,
      namespace,
      name,
      kind,
      isolation: isolationOf(isolated.ingress.has(index), isolated.egress.has(index)),
      goesOutAnywhere: everywhere.has(text),
      fromAll: common === undefined ? undefined : sets.text(common),
    };
  });
  return {
    nodes: nodes.toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.text, b.text)),
    edges: [...edges.values()].map(({ from, to, set, count }) => ({ from, to, label: sets.text(set), count })),
    waysIn: waysIn(result.entrances, reach),
  };
}

interface IsolatedWorkloads {
  readonly ingress: ReadonlySet<number>;
  readonly egress: ReadonlySet<number>;
}

function isolatedIn({ compiled }: Reachability, direction: 'ingress' | 'egress'): ReadonlySet<number> {
  const found = new Set<number>();
  for (const pods of compiled.pods.keys()) {
    if (compiled.selecting[direction][pods].length > 0) found.add(compiled.workloadOf[pods]);
  }
  return found;
}

function isolationOf(ingress: boolean, egress: boolean): Isolation {
  if (ingress && egress) return 'both';
  return ingress ? 'ingress' : egress ? 'egress' : 'none';
}

function goesAnywhere({ destinations, toOutside, sets }: Reachability, workload: number): boolean {
  const { others, connections } = toOutside(workload);
  return (
    destinations.length > 0 &&
    others.length === destinations.length &&
    Array.from(connections).every((set) => sets.text(set) === 'All Connections')
  );
}

/** By workload, what all others can open to it whom no policy holds back. */
function commonSets(
  { workloads, toWorkloads }: Reachability,
  isolated: IsolatedWorkloads,
): ReadonlyMap<string, ConnectionSet> {
  const free = [...workloads.keys()].filter((index) => !isolated.egress.has(index));
  const counts = workloads.map(() => new Map<ConnectionSet, number>());
  for (const index of free) {
    const { others, connections } = toWorkloads(index);
    for (let at = 0; at < others.length; at++) {
      const of = counts[others[at]];
      of.set(connections[at], (of.get(connections[at]) ?? 0) + 1);
    }
  }
  const common = new Map<string, ConnectionSet>();
  for (const [index, of] of counts.entries()) {
    const most = free.length - (isolated.egress.has(index) ? 0 : 1);
    // One of two is not everybody, unless nothing would stop a third.
    const least = isolated.ingress.has(index) ? 2 : 1;
    for (const [set, count] of of) {
      if (set !== NO_CONNECTIONS && count === most && count >= least) common.set(workloads[index].text, set);
    }
  }
  return common;
}

function waysIn(entrances: readonly Entrance[], { workloads, sets }: Reachability): readonly WayIn[] {
  const found = entrances
    .filter(({ connections }) => connections !== NO_CONNECTIONS)
    .map(({ kind, object, workload, connections }) => ({
      name: `${objectText(object.ref)}${kind === object.ref.kind ? '' : ` (${kind})`}`,
      target: workloads[workload].text,
      label: sets.text(connections),
    }));
  const distinct = new Map(found.map((way) => [JSON.stringify(way), way]));
  return [...distinct].sort(([a], [b]) => compareText(a, b)).map(([, way]) => way);
}
