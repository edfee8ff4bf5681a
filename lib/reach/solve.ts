import type { AddressRange, IpFamily } from '../address';
import { flatMap, type NetworkModel, type PolicyDirection } from '../model';
import { appendAt, once } from '../model/lookup';
import { type PodClass, podClasses, type PodClasses } from './classes';
import { compile, type CompiledPolicies } from './compile';
import { type ConnectionSet, type ConnectionSets, NO_CONNECTIONS } from './connection-set';
import { addressFamilies } from './families';
import { type Outside, outside } from './outside';
import { type HostNetworkMode, type ReachWorkload, reachWorkloads } from './pods';
import { isIsolated, verdict } from './verdict';
import { type Bound, isCertain } from './doubts';

/** Who has a connection with one workload or range. Both lists have the same length; the indexes ascend. */
export interface Row {
  readonly others: readonly number[] | Uint32Array;
  readonly connections: readonly ConnectionSet[] | Uint32Array;
}

/**
 * Who can open a connection to whom. Kept as classes: what is asked for is worked out then, and nothing grows with the number of pairs.
 * Workloads and ranges are told by their indexes in `workloads`, `sources` and `destinations`.
 */
export interface Reachability {
  /** Sorted by their texts. */
  readonly workloads: readonly ReachWorkload[];
  /** Outside addresses that can be told apart as sources, in order; they cover all of the families of the cluster. */
  readonly sources: readonly AddressRange[];
  /** The same as destinations. */
  readonly destinations: readonly AddressRange[];
  readonly sets: ConnectionSets;
  /** What a workload can open to other workloads; never to itself. */
  readonly toWorkloads: (workload: number) => Row;
  /** What a workload can open to ranges of `destinations`. */
  readonly toOutside: (workload: number) => Row;
  /** What a range of `sources` can open to workloads. */
  readonly fromOutside: (source: number) => Row;
  /** From one workload to another, or to another pod of itself. */
  readonly between: (from: number, to: number) => ConnectionSet;
  readonly outsideTo: (source: number, to: number) => ConnectionSet;
  readonly toOutsideRange: (from: number, destination: number) => ConnectionSet;
  /** Workloads with equal answers, by their first ones. */
  readonly kinds: readonly Kind[];
  /** What workloads of a kind can open to those of each kind, their own included. */
  readonly kindRow: (kind: number) => Row;
  /** How many pairs have a connection, those with outside ranges included. */
  readonly count: () => number;
  readonly compiled: CompiledPolicies;
  readonly classes: PodClasses;
}

/** Workloads whose pods fall into the same classes: they have the same rows. */
export interface Kind {
  readonly classes: readonly number[];
  readonly workloads: readonly number[];
}

export interface SolveOptions {
  /** @default node */
  readonly hostNetwork?: HostNetworkMode;
}

export function solve(model: NetworkModel, { hostNetwork = 'node' }: SolveOptions = {}): Reachability {
  return solveAmong(model, reachWorkloads(model, hostNetwork));
}

/** The same among some workloads: what they can do with each other and with the outside. It costs what their policies cost. */
export function solveAmong(model: NetworkModel, workloads: readonly ReachWorkload[], bound?: Bound): Reachability {
  const compiled = compile(model, workloads, bound);
  const classes = podClasses(compiled);
  const families = addressFamilies(model, compiled);
  return reachability(compiled, classes, families);
}

/** The same three times: as far as policies are evaluated, and from both sides of what is not known. */
export interface Bounds {
  readonly evaluated: Reachability;
  readonly least: Reachability;
  readonly most: Reachability;
}

/** Where nothing is unknown, the three are one. */
export function solveBounds(model: NetworkModel, workloads: readonly ReachWorkload[]): Bounds {
  const evaluated = solveAmong(model, workloads);
  if (isCertain(model, evaluated.compiled)) return { evaluated, least: evaluated, most: evaluated };
  return { evaluated, least: solveAmong(model, workloads, 'least'), most: solveAmong(model, workloads, 'most') };
}

/** Rows are kept for kinds with several workloads, up to so many entries. */
const KEPT_ENTRIES = 4_000_000;

function reachability(compiled: CompiledPolicies, podClasses: PodClasses, families: readonly IpFamily[]): Reachability {
  const { workloads, sets } = compiled;
  const { classes } = podClasses;
  const { kinds, kindOf } = kindsOf(compiled, podClasses);
  const kindsOfClass: number[][] = classes.map(() => []);
  kinds.forEach((kind, index) => {
    for (const member of kind.classes) appendAt(kindsOfClass, member, index);
  });
  // Who asks only for ways in does not pay for the ways out.
  const incoming = once(() => outside(compiled, classes, 'ingress', families));
  const outgoing = once(() => outside(compiled, classes, 'egress', families));
  const rowOfClass = once(() => classRows(compiled, podClasses));

  const scratch = new Int32Array(Math.max(kinds.length, workloads.length));
  /** Merges what several classes say of the same others. */
  const gather = (fill: (add: (other: number, connections: ConnectionSet) => void) => void): Row => {
    const touched: number[] = [];
    fill((other, connections) => {
      if (scratch[other] === NO_CONNECTIONS) touched.push(other);
      scratch[other] = sets.union(scratch[other], connections);
    });
    const others = Uint32Array.from(touched).sort();
    const connections = Uint32Array.from(others, (other) => scratch[other]);
    for (const other of others) scratch[other] = NO_CONNECTIONS;
    return { others, connections };
  };

  const keptRows = new Map<number, Row>();
  let keptEntries = 0;
  const kindRow = (kind: number): Row => {
    const known = keptRows.get(kind);
    if (known !== undefined) return known;
    const row = gather((add) => {
      for (const source of kinds[kind].classes) {
        rowOfClass()(source, (destination, connections) => {
          for (const other of kindsOfClass[destination]) add(other, connections);
        });
      }
    });
    if (kinds[kind].workloads.length > 1 && keptEntries + row.others.length <= KEPT_ENTRIES) {
      keptRows.set(kind, row);
      keptEntries += row.others.length;
    }
    return row;
  };

  const kindOutside = ({ answer, reached }: Outside, kind: number): Row =>
    gatherRanges(sets, kinds[kind].classes, reached, answer);
  const outsideRows = (space: () => Outside): ((kind: number) => Row) => {
    const rows = new Map<number, Row>();
    return (kind) => {
      const row = rows.get(kind) ?? kindOutside(space(), kind);
      rows.set(kind, row);
      return row;
    };
  };
  const incomingOf = outsideRows(incoming);
  const outgoingOf = outsideRows(outgoing);
  const kindsBySource = once(() => transposed(kinds.length, incoming().ranges.length, incomingOf));

  const pairOf = (from: number, to: number): ConnectionSet =>
    unionOver(sets, kinds[kindOf[from]].classes, (source) =>
      unionOver(sets, kinds[kindOf[to]].classes, (destination) =>
        connectionsBetween(compiled, classes[source], classes[destination]),
      ),
    );

  return {
    workloads,
    get sources() {
      return incoming().ranges;
    },
    get destinations() {
      return outgoing().ranges;
    },
    sets,
    compiled,
    classes: podClasses,
    kinds,
    kindRow,
    toWorkloads: (workload) => {
      const { others, connections } = kindRow(kindOf[workload]);
      return gather((add) => {
        for (let at = 0; at < others.length; at++) {
          for (const other of kinds[others[at]].workloads) if (other !== workload) add(other, connections[at]);
        }
      });
    },
    toOutside: (workload) => outgoingOf(kindOf[workload]),
    fromOutside: (source) =>
      gather((add) => {
        for (const { kind, connections } of kindsBySource()[source]) {
          for (const workload of kinds[kind].workloads) add(workload, connections);
        }
      }),
    between: pairOf,
    outsideTo: (source, to) =>
      unionOver(sets, kinds[kindOf[to]].classes, (podClass) => incoming().answer(podClass, source)),
    toOutsideRange: (from, destination) =>
      unionOver(sets, kinds[kindOf[from]].classes, (podClass) => outgoing().answer(podClass, destination)),
    count: () =>
      kinds.reduce((total, { workloads: members }, kind) => {
        const { others } = kindRow(kind);
        let pairs = 0;
        for (const other of others) pairs += kinds[other].workloads.length - (other === kind ? 1 : 0);
        return total + members.length * (pairs + incomingOf(kind).others.length + outgoingOf(kind).others.length);
      }, 0),
  };
}

function kindsOf(
  { workloads, workloadOf }: CompiledPolicies,
  { classOf }: PodClasses,
): { kinds: Kind[]; kindOf: number[] } {
  const classesOf: number[][] = workloads.map(() => []);
  classOf.forEach((podClass, pods) => {
    appendAt(classesOf, workloadOf[pods], podClass);
  });
  const byKey = new Map<string, { index: number; classes: readonly number[]; workloads: number[] }>();
  const kindOf = classesOf.map((found, workload) => {
    const distinct = [...new Set(found)].sort((a, b) => a - b);
    const key = distinct.join();
    const known = byKey.get(key);
    if (known === undefined) {
      byKey.set(key, { index: byKey.size, classes: distinct, workloads: [workload] });
      return byKey.size - 1;
    }
    known.workloads.push(workload);
    return known.index;
  });
  return { kinds: [...byKey.values()], kindOf };
}

type EachDestination = (destination: number, connections: ConnectionSet) => void;

/** What a class can open to each other class, its own included. */
function classRows(
  compiled: CompiledPolicies,
  podClasses: PodClasses,
): (source: number, each: EachDestination) => void {
  const { sets } = compiled;
  const { classes, members } = podClasses;
  const open = flatMap(classes, ({ ingress }, index) => (isIsolated(ingress) ? [] : [index]));
  // By peer set: the isolated classes that have a rule for it.
  const admitting: number[][] = compiled.peerSets.map(() => []);
  const everyone = new Set<number>();
  classes.forEach(({ ingress }, index) => {
    if (!isIsolated(ingress)) return;
    const peers = new Set(flatMap(ingress, ({ rules }) => rules.map((rule) => rule.peers)));
    for (const set of peers) {
      if (compiled.peerSets[set].everyone) everyone.add(index);
      else appendAt(admitting, set, index);
    }
  });
  const admittingEveryone = [...everyone];
  const all = classes.map((_, index) => index);
  const seen = new Uint32Array(classes.length);
  const choosesSource = new Uint8Array(compiled.peerSets.length);
  compiled.peerSets.forEach(({ everyone: isEveryone }, peers) => {
    if (isEveryone) choosesSource[peers] = 1;
  });
  const admits = (peers: number): boolean => choosesSource[peers] === 1;
  let reached: PodClass = classes[0];
  const choosesReached = (peers: number): boolean =>
    compiled.peerSets[peers].everyone || includes(reached.chosenBy, peers);
  const portsOfReached = (list: number): ConnectionSet => reached.ports[list];
  let stamp = 0;

  return (source, each) => {
    const { egress, chosenBy } = classes[source];
    // Both lists hold every class that the source may reach: the shorter one is asked.
    const byEgress = isIsolated(egress)
      ? peersOf(egress).map((set) => (compiled.peerSets[set].everyone ? all : members[set]))
      : [all];
    const byIngress = [open, admittingEveryone, ...chosenBy.map((set) => admitting[set])];
    stamp++;
    for (const peers of chosenBy) choosesSource[peers] = 1;
    for (const candidates of totalLength(byEgress) < totalLength(byIngress) ? byEgress : byIngress) {
      for (const destination of candidates) {
        if (seen[destination] === stamp) continue;
        seen[destination] = stamp;
        reached = classes[destination];
        const admitted = verdict(sets, reached.ingress, admits, portsOfReached);
        if (admitted === NO_CONNECTIONS) continue;
        const connections = sets.intersection(admitted, verdict(sets, egress, choosesReached, portsOfReached));
        if (connections !== NO_CONNECTIONS) each(destination, connections);
      }
    }
    for (const peers of chosenBy) choosesSource[peers] = 0;
  };
}

function peersOf(side: PodClass[PolicyDirection]): readonly number[] {
  return [...new Set(flatMap(side, ({ rules }) => rules.map(({ peers }) => peers)))];
}

function totalLength(lists: readonly (readonly number[])[]): number {
  return lists.reduce((sum, { length }) => sum + length, 0);
}

/** Both ends must allow a connection. */
function connectionsBetween(
  { sets, peerSets }: CompiledPolicies,
  source: PodClass,
  destination: PodClass,
): ConnectionSet {
  const portsOf = (list: number): ConnectionSet => destination.ports[list];
  const chooses =
    ({ chosenBy }: PodClass) =>
    (peers: number): boolean =>
      peerSets[peers].everyone || includes(chosenBy, peers);
  return sets.intersection(
    verdict(sets, destination.ingress, chooses(source), portsOf),
    verdict(sets, source.egress, chooses(destination), portsOf),
  );
}

/** The list ascends. */
function includes(list: readonly number[], value: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return list[low] === value;
}

function gatherRanges(
  sets: ConnectionSets,
  classes: readonly number[],
  reached: Outside['reached'],
  answer: Outside['answer'],
): Row {
  const others =
    classes.length === 1
      ? reached(classes[0])
      : [...new Set(flatMap(classes, (podClass) => reached(podClass)))].sort((a, b) => a - b);
  return {
    others,
    connections: others.map((range) => unionOver(sets, classes, (podClass) => answer(podClass, range))),
  };
}

function transposed(
  kinds: number,
  ranges: number,
  rowOf: (kind: number) => Row,
): readonly (readonly { readonly kind: number; readonly connections: ConnectionSet }[])[] {
  const rows: { kind: number; connections: ConnectionSet }[][] = Array.from({ length: ranges }, () => []);
  for (let kind = 0; kind < kinds; kind++) {
    const { others, connections } = rowOf(kind);
    for (let at = 0; at < others.length; at++) rows[others[at]].push({ kind, connections: connections[at] });
  }
  return rows;
}

function unionOver<T>(
  sets: ConnectionSets,
  items: readonly T[],
  connectionsOf: (item: T) => ConnectionSet,
): ConnectionSet {
  return items.reduce((sum, item) => sets.union(sum, connectionsOf(item)), NO_CONNECTIONS);
}
