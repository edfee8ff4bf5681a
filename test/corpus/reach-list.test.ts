import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkModel } from '../../lib/model';
import { connections, entrances, type HostNetworkMode, type Reachability, solve } from '../../lib/reach';
import { CORPUS, describeCorpus, readFolder } from './corpus';

interface ReachCase {
  readonly tags: readonly string[];
  readonly connections: readonly { readonly src: string; readonly dst: string; readonly conns: string }[];
}

/** What is not asked for: no policy of networking.k8s.io/v1, or another notation. */
const NOT_ASKED = /anp|admin|route|udn|secondary|exposure/i;

/**
 * Cases whose expected answer treats pods in the network of their node as any other pod. They have the addresses of their nodes: selectors do not see
 * them, and policies that select them are ignored by most CNIs, so that we pass them by (Kubernetes documentation, "What you can't do with network
 * policies": the behaviour for hostNetwork pods is undefined, and mostly they are taken for the node; network-policy-api says of them that they are
 * neither subjects nor pod peers). With `hostNetwork: 'pod'` the answers are equal.
 */
const HOST_NETWORK: readonly string[] = [
  'ipblockstest',
  'ipblockstest_2',
  'multiple_topology_resources_1',
  'multiple_topology_resources_2',
  'semanticDiff-same-topologies-old2',
  'semanticDiff-same-topologies-old3',
];

describeCorpus('connections of workloads, as np-guard lists them', () => {
  const folder = join(CORPUS, 'reach-list');
  const expectedOf = (name: string): ReachCase =>
    JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8')) as ReachCase;
  const asked = readdirSync(folder).filter((name) => !expectedOf(name).tags.some((tag) => NOT_ASKED.test(tag)));

  function answer(name: string, hostNetwork: HostNetworkMode): { reach: Reachability; lines: string[] } {
    const model = networkModel(readFolder(join(folder, name, 'manifests')), {});
    const reach = solve(model, { hostNetwork });
    const lines = [...connections(reach, entrances(model, reach))].map(
      ({ src, dst, set }) => `${src} => ${dst}: ${reach.sets.text(set)}`,
    );
    return { reach, lines: lines.sort() };
  }

  function expectedLines(name: string): string[] {
    return expectedOf(name)
      .connections.map(({ src, dst, conns }) => `${src} => ${dst}: ${conns}`)
      .sort();
  }

  test('the cases that are believed to be wrong are there', () => {
    expect(HOST_NETWORK.filter((name) => !asked.includes(name))).toEqual([]);
  });

  test.each(asked.filter((name) => !HOST_NETWORK.includes(name)))('%s', (name) => {
    expect(answer(name, 'node').lines).toEqual(expectedLines(name));
  });

  describe.each(HOST_NETWORK)('%s, which takes hostNetwork pods for ordinary ones', (name) => {
    test('is equal where we do too', () => {
      expect(answer(name, 'pod').lines).toEqual(expectedLines(name));
    });

    test('differs by default, and only where such pods are an end', () => {
      const { reach, lines } = answer(name, 'node');
      const onNode = reach.workloads.filter(({ pods }) => pods.some(({ hostNetwork }) => hostNetwork));
      const ends = new Set(onNode.map(({ text }) => text));
      const expected = new Set(expectedLines(name));
      const ours = new Set(lines);
      const differing = [
        ...lines.filter((line) => !expected.has(line)),
        ...[...expected].filter((line) => !ours.has(line)),
      ];
      expect(differing).not.toEqual([]);
      expect(
        differing.filter((line) => {
          const [, src, dst] = /^(.*) => (.*?): /.exec(line) ?? [];
          return !ends.has(src) && !ends.has(dst);
        }),
      ).toEqual([]);
    });
  });
});
