import { formatRange } from '../address';
import { type ConnectionSet, NO_CONNECTIONS } from './connection-set';
import { type Entrance, INGRESS_CONTROLLER } from './entrances';
import { EVERYTHING, type Filter } from './filter';
import type { Reachability, Row } from './solve';

/** One line of the answer. */
export interface Connection {
  /** `namespace/name[Kind]`, `first-last`, or `{ingress-controller}`. */
  readonly src: string;
  readonly dst: string;
  readonly set: ConnectionSet;
}

/**
 * All connections, one at a time: from outside ranges in their order, from workloads sorted by their texts, from the ingress controller. The destinations
 * of each come in the same order.
 */
export function* connections(
  reach: Reachability,
  ways: readonly Entrance[],
  { from, to, ports }: Filter = EVERYTHING,
): Generator<Connection> {
  const { workloads, sources, destinations, sets } = reach;
  const narrowed = (workload: number, set: ConnectionSet): ConnectionSet =>
    ports === undefined ? set : sets.intersection(set, ports(workload));
  const toWorkloads = function* (src: string, { others, connections: found }: Row): Generator<Connection> {
    for (let at = 0; at < others.length; at++) {
      if (to !== undefined && !to.workloads.has(others[at])) continue;
      const set = narrowed(others[at], found[at]);
      if (set !== NO_CONNECTIONS) yield { src, dst: workloads[others[at]].text, set };
    }
  };
  const rangeTexts = destinations.map(formatRange);
  for (let source = 0; source < sources.length; source++) {
    if (from !== undefined && !from.isOutside(sources[source])) continue;
    yield* toWorkloads(formatRange(sources[source]), reach.fromOutside(source));
  }
  for (let workload = 0; workload < workloads.length; workload++) {
    if (from !== undefined && !from.workloads.has(workload)) continue;
    const src = workloads[workload].text;
    const { others, connections: found } = reach.toOutside(workload);
    for (let at = 0; at < others.length; at++) {
      if (to !== undefined && !to.isOutside(destinations[others[at]])) continue;
      const set = narrowed(-1, found[at]);
      if (set !== NO_CONNECTIONS) yield { src, dst: rangeTexts[others[at]], set };
    }
    yield* toWorkloads(src, reach.toWorkloads(workload));
  }
  if (from === undefined || from.ingressController) yield* toWorkloads(INGRESS_CONTROLLER, fromController(reach, ways));
}

/** What the ingress controller can open, over all Ingresses and routes. */
export function fromController({ sets }: Reachability, ways: readonly Entrance[]): Row {
  const byWorkload = new Map<number, ConnectionSet>();
  for (const { kind, workload, connections: found } of ways) {
    if (kind !== 'Ingress' && kind !== 'Gateway') continue;
    byWorkload.set(workload, sets.union(byWorkload.get(workload) ?? NO_CONNECTIONS, found));
  }
  const rows = [...byWorkload].sort(([a], [b]) => a - b).filter(([, set]) => set !== NO_CONNECTIONS);
  return { others: rows.map(([workload]) => workload), connections: rows.map(([, set]) => set) };
}
