import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkModel, POLICY_ENGINES } from '../../lib/model';
import { solve } from '../../lib/reach';
import { CORPUS, describeCorpus, readFolder } from './corpus';
import { answered, type Probe } from './reach-probes';

interface Expected {
  readonly engine: string;
  readonly probes: readonly Probe[];
}

const folder = join(CORPUS, 'policy-matrix');

function casesOf(engine: string): readonly (readonly [string, readonly Probe[]])[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }): readonly [string, Expected] => [
      name,
      JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as Expected,
    ])
    .filter(([, expected]) => expected.engine === engine)
    .map(([name, { probes }]) => [name, probes] as const);
}

describeCorpus('policies of each engine, as its own implementation sees them', () => {
  const cases = POLICY_ENGINES.flatMap((engine) =>
    casesOf(engine).map(([name, probes]) => [engine, name, probes] as const),
  );
  test.each(cases)('%s: %s', (policyEngine, name, probes) => {
    expect(probes.length).toBeGreaterThan(0);
    const reach = solve(networkModel(readFolder(join(folder, name, 'manifests')), { policyEngine }));
    expect(probes.map((probe) => answered(reach, probe))).toEqual(
      probes.map(({ probePort, protocol, reachable, blocked }) => ({ probePort, protocol, reachable, blocked })),
    );
  });
});
