import type { Reachability } from '../../lib/reach';

export interface Probe {
  readonly probePort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly reachable: readonly (readonly [string, string])[];
  readonly blocked: readonly (readonly [string, string])[];
}

/** What the engine says of the pairs that the probe speaks of, in the shape of the probe. */
export function answered({ workloads, sets, between }: Reachability, { probePort, protocol, ...pairs }: Probe): Probe {
  const indexOf = new Map(workloads.map(({ namespace, name }, index) => [`${namespace}/${name}`, index]));
  const connects = ([from, to]: readonly [string, string]): boolean => {
    const [source, target] = [indexOf.get(from), indexOf.get(to)];
    if (source === undefined || target === undefined) throw new Error(`no pods ${from} or ${to}`);
    return sets
      .ports(between(source, target), protocol)
      .some(({ first, last }) => first <= probePort && probePort <= last);
  };
  const all = [...pairs.reachable, ...pairs.blocked];
  return {
    probePort,
    protocol,
    reachable: all.filter(connects),
    blocked: all.filter((pair) => !connects(pair)),
  };
}
