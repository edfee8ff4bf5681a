import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkModel } from '../../lib/model';
import { type Reachability, solve } from '../../lib/reach';
import { CORPUS, describeCorpus, readFolder } from './corpus';

interface Probe {
  readonly probePort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly reachable: readonly (readonly [string, string])[];
  readonly blocked: readonly (readonly [string, string])[];
}

/** What the engine says of the pairs that the probe speaks of, in the shape of the probe. */
function answered({ workloads, sets, between }: Reachability, { probePort, protocol, ...pairs }: Probe): Probe {
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

describeCorpus('pods of three namespaces, as the conformance suite and other evaluators see them', () => {
  const folder = join(CORPUS, 'reach-matrix');

  test.each(readdirSync(folder))('%s', (name) => {
    const { probes } = JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as {
      readonly probes: readonly Probe[];
    };
    expect(probes.length).toBeGreaterThan(0);
    const reach = solve(networkModel(readFolder(join(folder, name, 'manifests')), {}));
    expect(probes.map((probe) => answered(reach, probe))).toEqual(
      probes.map(({ probePort, protocol, reachable, blocked }) => ({ probePort, protocol, reachable, blocked })),
    );
  });
});
