import { type ExpectedWarning, groupOf, problemsOf, servedObjects } from '../accepted';
import { createNamespaces } from '../apply';
import { startApiServer, startTestbed, stopApiServer, stopTestbed, type Testbed } from '../control-plane';
import { customResourceDefinitions, installCustomResources } from '../custom-resources';
import { type DistCluster, distClusters } from '../dist-objects';
import { type Release, RELEASES } from '../program';

/** What the server may warn of. */
const EXPECTED_WARNINGS: readonly ExpectedWarning[] = [
  {
    warning: /^cilium\.io\/v2alpha1 \w+ is deprecated/,
    because: 'pools are written for Cilium versions before v2 was served, too',
  },
];

/** Clusters that the oldest release cannot take, and why: they are for newer ones. */
const NEWER_THAN_OLDEST: ReadonlyMap<string, string> = new Map([
  ['production', 'PreferSameZone of trafficDistribution'],
  ['mesh-batch', 'isIP in the CRDs of the newest Cilium'],
  ['mesh-north', 'isIP in the CRDs of the newest Cilium'],
  ['mesh-south', 'isIP in the CRDs of the newest Cilium'],
]);

describe.each(Object.keys(RELEASES) as Release[])('dist on the %s Kubernetes', (release) => {
  let testbed: Testbed;
  beforeAll(async () => {
    testbed = await startTestbed(release);
  });
  afterAll(() => stopTestbed(testbed));

  const clusters = sampledClusters().filter(({ name }) => release !== 'oldest' || !NEWER_THAN_OLDEST.has(name));
  test.each(clusters)('$name: every object is taken as it is written', async (cluster) => {
    const server = await startApiServer(testbed, cluster);
    try {
      const served = servedObjects(cluster.objects);
      const groups = new Set(served.map(groupOf));
      const definitions = customResourceDefinitions().filter(({ spec }) =>
        groups.has((spec as { group: string }).group),
      );
      expect(await installCustomResources(server.api, definitions)).toEqual([]);
      await createNamespaces(
        server.api,
        served.flatMap(({ metadata: { namespace } }) => (namespace === undefined ? [] : [namespace])),
      );
      expect(await problemsOf(server, served, EXPECTED_WARNINGS)).toEqual([]);
    } finally {
      await stopApiServer(server);
    }
  });
});

/** Clusters of nothing but ConfigMaps and Namespaces differ in their names only: one stands for all. */
function sampledClusters(): DistCluster[] {
  const clusters = distClusters();
  if (process.env.FULL !== undefined) return clusters;
  const isPlain = ({ objects }: DistCluster): boolean =>
    objects.every(({ kind }) => kind === 'ConfigMap' || kind === 'Namespace');
  return [...clusters.filter((cluster) => !isPlain(cluster)), ...clusters.filter(isPlain).slice(0, 1)];
}
