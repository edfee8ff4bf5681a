import { type AddressRange, ALL_PORTS, rangesOverlap } from '../address';
import { flatMap, type LabelSelector, type ModelObject, type NetworkModel } from '../model';
import { type ConnectionSet, type ConnectionSets, NO_CONNECTIONS, PROTOCOLS } from './connection-set';
import { type Entrance, entrances } from './entrances';
import { explain } from './explain';
import type { End, Explanation } from './explanation';
import { OUTSIDE, type Party, readParty } from './filter';
import type { ReachWorkload } from './pods';
import { deciders, doubts, undecidedBy } from './doubts';
import type { Bounds, Reachability } from './solve';
import { peerOf } from './kubernetes-tiers';

/** Who an expectation speaks of. */
export type ExpectedParty =
  | 'everyone'
  /** As on the command line: `namespace/name`, `namespace`, a CIDR, `outside`, `{cluster-dns}`. */
  | { readonly text: string }
  /** The object that makes the pods. */
  | { readonly kind: string; readonly namespace: string; readonly name: string }
  /** A peer of a NetworkPolicy (`spec.ingress[].from[]`), as JSON; its namespace where it names none. */
  | { readonly peer: unknown; readonly namespace: string }
  /** Pods of all namespaces, or of one. */
  | { readonly labels: LabelSelector; readonly namespace: string | undefined };

export interface ExpectedPort {
  /** @default TCP */
  readonly protocol?: string;
  /** A number or a name; undefined: all ports of the protocol. */
  readonly port?: number | string;
  readonly endPort?: number;
}

/** What must or must not be possible. */
export type Expectation =
  | {
      readonly kind: 'reach' | 'not-reach';
      readonly from: ExpectedParty;
      readonly to: ExpectedParty;
      /** @default - any connection */
      readonly port?: ExpectedPort;
    }
  | { readonly kind: 'isolated' | 'not-from-outside'; readonly of: ExpectedParty };

/** An expectation that does not hold. */
export type Broken =
  /** A party that is nobody. */
  | { readonly kind: 'nobody'; readonly who: string; readonly help: string }
  /** A connection that must be possible, and why it is not. */
  | {
      readonly kind: 'blocked';
      readonly sets: ConnectionSets;
      readonly explanation: Explanation;
      readonly missing: ConnectionSet;
      readonly pairs: number;
    }
  /** A connection that must not be possible, and the rules that allow it. */
  | {
      readonly kind: 'open';
      readonly sets: ConnectionSets;
      readonly explanation: Explanation;
      readonly pairs: number;
    }
  /** Pods that no policy isolates. */
  | {
      readonly kind: 'not-isolated';
      readonly workload: ReachWorkload;
      readonly directions: readonly ('ingress' | 'egress')[];
    }
  /** A way in. */
  | {
      readonly kind: 'entrance';
      readonly sets: ConnectionSets;
      readonly entrance: Entrance;
      readonly workload: ReachWorkload;
    }
  /** It holds or not, by what the input does not say. */
  | {
      readonly kind: 'undecided';
      readonly who: string;
      readonly doubts: readonly string[];
      /** The policies that may decide. */
      readonly policies: readonly ModelObject[];
    };

/** What is certainly wrong is told first; what holds is certain. */
export function checkExpectation(model: NetworkModel, bounds: Bounds, expectation: Expectation): Broken | undefined {
  const { evaluated, least, most } = bounds;
  const undecided = (broken: Broken | undefined): Broken | undefined =>
    broken === undefined ? undefined : undecidedOf(model, evaluated, broken);
  if ('of' in expectation) {
    const of = partyOf(model, evaluated, expectation.of);
    if ('problem' in of) return { kind: 'nobody', who: of.problem, help: of.help };
    if (expectation.kind === 'isolated') {
      const broken = notIsolated(evaluated, of.party);
      const isKnown = broken?.kind === 'not-isolated' && deciders(model, broken.workload).length === 0;
      return isKnown ? broken : undecided(broken);
    }
    return (
      openFromOutside(least, of.party) ??
      entranceTo(model, least, of.party) ??
      (least === most ? undefined : undecided(openFromOutside(most, of.party) ?? entranceTo(model, most, of.party)))
    );
  }
  const from = partyOf(model, evaluated, expectation.from);
  if ('problem' in from) return { kind: 'nobody', who: from.problem, help: from.help };
  const to = partyOf(model, evaluated, expectation.to);
  if ('problem' in to) return { kind: 'nobody', who: to.problem, help: to.help };
  const { port } = expectation;
  const [certain, possible, broken] =
    expectation.kind === 'reach' ? [most, least, firstBlocked] : [least, most, firstOpen];
  return (
    broken(certain, pairsOf(certain, from.party, to.party), port) ??
    (least === most ? undefined : undecided(broken(possible, pairsOf(possible, from.party, to.party), port)))
  );
}

function undecidedOf(model: NetworkModel, { compiled, workloads }: Reachability, broken: Broken): Broken {
  const meant =
    'explanation' in broken
      ? flatMap([broken.explanation.egress, broken.explanation.ingress], (side) =>
          side === undefined
            ? []
            : workloads.filter(({ pods }) => pods.some(({ object }) => object === side.pods.object)),
        )
      : 'workload' in broken
        ? [broken.workload]
        : [];
  const who =
    'explanation' in broken
      ? `whether ${broken.explanation.from} can reach ${broken.explanation.to}`
      : broken.kind === 'not-isolated'
        ? `whether ${broken.workload.text} is isolated`
        : `whether the outside reaches ${meant.map(({ text }) => text).join()}`;
  return {
    kind: 'undecided',
    who,
    doubts: doubts(model, compiled, meant),
    policies: undecidedBy(model, compiled, meant),
  };
}

type ReadPartyOf = { readonly party: Party } | { readonly problem: string; readonly help: string };

function partyOf({ facts }: NetworkModel, { workloads, compiled }: Reachability, expected: ExpectedParty): ReadPartyOf {
  if (expected === 'everyone') return { party: everyone(workloads) };
  if ('text' in expected) return readParty(expected.text, workloads, facts.dns);
  const found = (indexes: Iterable<number>, problem: string, help: string): ReadPartyOf => {
    const meant = new Set(indexes);
    return meant.size === 0
      ? { problem, help }
      : { party: { workloads: meant, isOutside: () => false, range: undefined, ingressController: false } };
  };
  if ('name' in expected) {
    const { kind, namespace, name } = expected;
    return found(
      flatMap(workloads, (workload, index) =>
        workload.pods.some(
          ({ object: { ref } }) => ref.kind === kind && ref.name === name && (ref.namespace ?? 'default') === namespace,
        )
          ? [index]
          : [],
      ),
      `${kind} ${namespace}/${name} makes no pods`,
      'expect something of a workload: a Deployment, a StatefulSet, a Pod',
    );
  }
  if ('labels' in expected) {
    const { labels, namespace } = expected;
    const pods = compiled.index.select({ namespaces: namespace ?? EVERY_NAMESPACE, pods: labels });
    return found(
      pods.map((index) => compiled.workloadOf[index]),
      `no pods have these labels${namespace === undefined ? '' : ` in namespace ${namespace}`}`,
      'compare them with the labels of the pod templates',
    );
  }
  const peer = peerOf(expected.namespace, expected.peer);
  if (peer === undefined) return { problem: 'the peer says nothing that can be understood', help: 'see its findings' };
  if ('addresses' in peer) {
    const { ranges } = peer.addresses;
    return ranges.length === 0
      ? { problem: 'the peer has no addresses', help: 'give a CIDR such as 10.0.0.0/8' }
      : {
          party: {
            workloads: new Set(),
            isOutside: (range) => ranges.some((other) => rangesOverlap(other, range)),
            range: ranges[0],
            ingressController: false,
          },
        };
  }
  return found(
    compiled.index.select(peer).map((index) => compiled.workloadOf[index]),
    'the peer chooses no pods of the cluster',
    'compare its labels with those of the pods and namespaces',
  );
}

const EVERY_NAMESPACE: LabelSelector = { labels: new Map(), expressions: [] };

function everyone(workloads: readonly ReachWorkload[]): Party {
  return { workloads: new Set(workloads.keys()), isOutside: () => true, range: undefined, ingressController: false };
}

interface Pair {
  readonly from: End;
  readonly to: End;
  /** Index of the destination; -1 outside. */
  readonly destination: number;
  readonly connections: () => ConnectionSet;
}

/** What of the range is meant: its addresses have equal answers, and the reader knows the block that was written. */
function narrowed(range: AddressRange, { range: meant }: Party): AddressRange {
  if (meant?.family !== range.family || meant.first > range.last || meant.last < range.first) return range;
  return {
    family: range.family,
    first: meant.first > range.first ? meant.first : range.first,
    last: meant.last < range.last ? meant.last : range.last,
  };
}

/** Every pair of the two; not a workload with itself, and nothing from outside to outside. */
function* pairsOf(reach: Reachability, from: Party, to: Party): Generator<Pair> {
  const { workloads, sources, destinations } = reach;
  for (const source of from.workloads) {
    for (const target of to.workloads) {
      if (source === target) continue;
      yield {
        from: { workload: workloads[source] },
        to: { workload: workloads[target] },
        destination: target,
        connections: () => reach.between(source, target),
      };
    }
    for (const [index, range] of destinations.entries()) {
      if (!to.isOutside(range)) continue;
      yield {
        from: { workload: workloads[source] },
        to: { range: narrowed(range, to) },
        destination: -1,
        connections: () => reach.toOutsideRange(source, index),
      };
    }
  }
  for (const [index, range] of sources.entries()) {
    if (!from.isOutside(range)) continue;
    for (const target of to.workloads) {
      yield {
        from: { range: narrowed(range, from) },
        to: { workload: workloads[target] },
        destination: target,
        connections: () => reach.outsideTo(index, target),
      };
    }
  }
}

function firstBlocked(reach: Reachability, pairs: Iterable<Pair>, port: ExpectedPort | undefined): Broken | undefined {
  const { sets } = reach;
  const missingOf = ({ destination, connections }: Pair): ConnectionSet => {
    const can = connections();
    if (port === undefined) return can === NO_CONNECTIONS ? 1 : NO_CONNECTIONS;
    const wanted = portsOf(reach, port, destination);
    return wanted === NO_CONNECTIONS ? 1 : sets.difference(wanted, can);
  };
  const blocked = [...pairs]
    .map((pair) => ({ pair, missing: missingOf(pair) }))
    .filter(({ missing }) => missing !== NO_CONNECTIONS);
  const [first] = blocked;
  if (blocked.length === 0) return undefined;
  return {
    kind: 'blocked',
    sets,
    explanation: explain(reach, first.pair.from, first.pair.to, first.missing),
    missing: first.missing,
    pairs: blocked.length,
  };
}

function firstOpen(reach: Reachability, pairs: Iterable<Pair>, port: ExpectedPort | undefined): Broken | undefined {
  const { sets } = reach;
  const openOf = ({ destination, connections }: Pair): ConnectionSet =>
    port === undefined ? connections() : sets.intersection(connections(), portsOf(reach, port, destination));
  const open = [...pairs].map((pair) => ({ pair, can: openOf(pair) })).filter(({ can }) => can !== NO_CONNECTIONS);
  const [first] = open;
  if (open.length === 0) return undefined;
  return {
    kind: 'open',
    sets,
    explanation: explain(reach, first.pair.from, first.pair.to, first.can),
    pairs: open.length,
  };
}

/** A name stands for what the destination calls so. */
function portsOf(
  { sets, compiled, workloads }: Reachability,
  { protocol = 'TCP', port, endPort }: ExpectedPort,
  destination: number,
): ConnectionSet {
  const known = PROTOCOLS.find((candidate) => candidate === protocol);
  if (known === undefined) return NO_CONNECTIONS;
  if (port === undefined) return sets.of({ [known]: ALL_PORTS });
  if (typeof port === 'number') return sets.of({ [known]: [{ first: port, last: endPort ?? port }] });
  const pods = destination < 0 ? [] : workloads[destination].pods;
  return pods.reduce(
    (sum, entry) =>
      sets.union(sum, compiled.portsAt(entry, { fixed: NO_CONNECTIONS, named: [{ protocol: known, name: port }] })),
    NO_CONNECTIONS,
  );
}

function notIsolated({ compiled, workloads }: Reachability, { workloads: meant }: Party): Broken | undefined {
  for (const workload of meant) {
    const pods = flatMap(compiled.workloadOf, (owner, index) => (owner === workload ? [index] : []));
    const directions = (['ingress', 'egress'] as const).filter((direction) =>
      pods.some((index) => compiled.selecting[direction][index].length === 0),
    );
    if (directions.length > 0) return { kind: 'not-isolated', workload: workloads[workload], directions };
  }
  return undefined;
}

function openFromOutside(reach: Reachability, party: Party): Broken | undefined {
  return firstOpen(reach, pairsOf(reach, OUTSIDE, party), undefined);
}

function entranceTo(model: NetworkModel, reach: Reachability, { workloads }: Party): Broken | undefined {
  const entrance = entrances(model, reach).find(
    ({ workload, connections }) => workloads.has(workload) && connections !== NO_CONNECTIONS,
  );
  return entrance && { kind: 'entrance', sets: reach.sets, entrance, workload: reach.workloads[entrance.workload] };
}
