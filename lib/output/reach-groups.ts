import { formatRange } from '../address';
import { INGRESS_CONTROLLER, NO_CONNECTIONS, type Reachability } from '../reach';
import { type ReachResult, reachConnections } from './reach-result';

/** Sources that have the same connections, and what these are. */
export interface ReachGroup {
  readonly sources: readonly string[];
  readonly rows: readonly { readonly destinations: readonly string[]; readonly conns: string }[];
}

/**
 * Equal rows once. A workload has no connection to itself, so that two sources with equal connections differ in each other: such rows are
 * equal too, and the destination `each other` is told by naming all.
 */
export function reachGroups(result: ReachResult): ReachGroup[] {
  const { reach } = result;
  const groups = new Map<string, { sources: string[]; rows: Map<string, Set<string>> }>();
  const indexOf = new Map(reach.workloads.map(({ text }, index) => [text, index]));
  // What pods of a workload can open to others of its kind.
  const selfConnections = (src: string): string | undefined => {
    const workload = indexOf.get(src);
    const set = workload === undefined ? NO_CONNECTIONS : reach.between(workload, workload);
    return set === NO_CONNECTIONS ? undefined : reach.sets.text(set);
  };
  const flush = (src: string, found: ReadonlyMap<string, readonly string[]>): void => {
    // Left out of the key: the source itself, under whatever it reaches the others of its kind by.
    const self = selfConnections(src);
    const key = JSON.stringify(
      [...found]
        .map(([conns, dsts]) => [conns, conns === self ? [...dsts, src].sort() : dsts])
        .concat(self !== undefined && !found.has(self) ? [[self, [src]]] : [])
        .sort(),
    );
    const group = groups.get(key) ?? { sources: [], rows: new Map<string, Set<string>>() };
    group.sources.push(src);
    for (const [conns, dsts] of found) {
      const known = group.rows.get(conns) ?? new Set<string>();
      for (const dst of dsts) known.add(dst);
      group.rows.set(conns, known);
    }
    groups.set(key, group);
  };
  let source: string | undefined;
  let found = new Map<string, string[]>();
  for (const { src, dst, set } of reachConnections(result)) {
    if (source !== undefined && source !== src) {
      flush(source, found);
      found = new Map();
    }
    source = src;
    const conns = reach.sets.text(set);
    const dsts = found.get(conns);
    if (dsts === undefined) found.set(conns, [dst]);
    else dsts.push(dst);
  }
  if (source !== undefined) flush(source, found);
  const order = partyOrder(reach);
  return [...groups.values()].map(({ sources, rows }) => ({
    sources,
    rows: [...rows]
      .map(([conns, destinations]) => ({
        conns,
        destinations: [...destinations].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
      }))
      .sort((a, b) => (order.get(a.destinations[0]) ?? 0) - (order.get(b.destinations[0]) ?? 0)),
  }));
}

function partyOrder({ workloads, destinations }: Reachability): ReadonlyMap<string, number> {
  const parties = [...destinations.map(formatRange), ...workloads.map(({ text }) => text), INGRESS_CONTROLLER];
  return new Map(parties.map((party, index) => [party, index]));
}

/** All workloads of a namespace are told as `shop/* (12 workloads)`. */
export function partiesText(parties: readonly string[], { workloads }: Reachability, most: number): string {
  const sizes = new Map<string, number>();
  for (const { namespace } of workloads) sizes.set(namespace, (sizes.get(namespace) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const party of parties) counts.set(namespaceOf(party), (counts.get(namespaceOf(party)) ?? 0) + 1);
  const isWhole = (namespace: string): boolean =>
    namespace !== '' && (counts.get(namespace) ?? 0) > 2 && counts.get(namespace) === sizes.get(namespace);
  if (workloads.length > 3 && [...sizes.keys()].every((namespace) => counts.get(namespace) === sizes.get(namespace))) {
    const others = parties.filter((party) => namespaceOf(party) === '');
    return [...others, `all ${workloads.length} workloads`].join(', ');
  }
  const texts = [
    ...new Set(
      parties.map((party) => {
        const namespace = namespaceOf(party);
        return isWhole(namespace) ? `${namespace}/* (${sizes.get(namespace) ?? 0} workloads)` : party;
      }),
    ),
  ];
  const hidden = texts.length - most;
  return hidden > 1 ? `${texts.slice(0, most).join(', ')} and ${hidden} more` : texts.join(', ');
}

/** Empty for what is no workload. */
function namespaceOf(party: string): string {
  return party.endsWith(']') ? party.slice(0, party.indexOf('/')) : '';
}
