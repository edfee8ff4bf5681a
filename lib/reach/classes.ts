import { concat, flatMap } from '../model';
import { appendAt } from '../model/lookup';
import type { CompiledPolicies } from './compile';
import type { ConnectionSet } from './connection-set';
import type { Side } from './verdict';

/** Pods that no policy can tell apart: same rules in both directions, chosen by the same peers, same ports behind the names that rules use. */
export interface PodClass {
  /** Indexes of its pods. */
  readonly pods: readonly number[];
  readonly ingress: Side;
  readonly egress: Side;
  /** Indexes of the peer sets that choose it, ascending; those that choose everyone are left out. */
  readonly chosenBy: readonly number[];
  /** By port list: what it is for this class as destination. */
  readonly ports: readonly ConnectionSet[];
}

export interface PodClasses {
  readonly classes: readonly PodClass[];
  /** By pods. */
  readonly classOf: readonly number[];
  /** By peer set: the classes that it chooses, ascending. */
  readonly members: readonly (readonly number[])[];
}

/** The cost of all that follows depends on the number of classes, not on that of pods. */
export function podClasses(compiled: CompiledPolicies): PodClasses {
  const { pods, peerSets, portLists, sides, portsAt } = compiled;
  const chosenBy: number[][] = pods.map(() => []);
  peerSets.forEach(({ pods: chosen }, peers) => {
    for (const index of chosen) appendAt(chosenBy, index, peers);
  });
  const sideNumbers = numbering();
  const portsNumbers = numbering();
  const names = new Set(
    flatMap(portLists, ({ named, except }) => concat(named, except?.named ?? []).map(({ name }) => name)),
  );
  const portsByNames = new Map<string, readonly ConnectionSet[]>();
  const byKey = new Map<string, { index: number; readonly class: PodClass & { readonly pods: number[] } }>();
  const classOf = pods.map((entry, index) => {
    const declared = entry.containerPorts.filter(({ name }) => name !== undefined && names.has(name));
    const namesKey = declared
      .map(({ name, protocol, containerPort }) => `${name ?? ''}/${protocol}/${containerPort}`)
      .sort()
      .join();
    const key = [
      sideNumbers(sides.ingress[index]),
      sideNumbers(sides.egress[index]),
      portsNumbers(namesKey),
      chosenBy[index].join(),
    ].join(' ');
    const known = byKey.get(key);
    if (known !== undefined) {
      known.class.pods.push(index);
      return known.index;
    }
    let ports = portsByNames.get(namesKey);
    if (ports === undefined) {
      ports = portLists.map((list) => portsAt(entry, list));
      portsByNames.set(namesKey, ports);
    }
    const made = {
      pods: [index],
      ingress: sides.ingress[index],
      egress: sides.egress[index],
      chosenBy: chosenBy[index],
      ports,
    };
    byKey.set(key, { index: byKey.size, class: made });
    return byKey.size - 1;
  });
  const classes = [...byKey.values()].map((entry) => entry.class);
  const members: number[][] = peerSets.map(() => []);
  classes.forEach((entry, index) => {
    for (const peers of entry.chosenBy) appendAt(members, peers, index);
  });
  return { classes, classOf, members };
}

function numbering(): (value: unknown) => number {
  const numbers = new Map<unknown, number>();
  return (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, numbers.size);
    return numbers.size - 1;
  };
}
