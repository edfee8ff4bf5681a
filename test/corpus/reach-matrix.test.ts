import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkModel } from '../../lib/model';
import { solve } from '../../lib/reach';
import { CORPUS, describeCorpus, readFolder } from './corpus';
import { answered, type Probe } from './reach-probes';

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
