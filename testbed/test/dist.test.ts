import { type KubernetesObject, refusalText } from '../api-client';
import { changedPaths, createNamespaces, dryRun, objectName } from '../apply';
import {
  type ApiServer,
  kubectl,
  startApiServer,
  startTestbed,
  stopApiServer,
  stopTestbed,
  type Testbed,
} from '../control-plane';
import { customResourceDefinitions, installCustomResources } from '../custom-resources';
import { type DistCluster, distClusters } from '../dist-objects';
import { type Release, RELEASES } from '../program';

/** No API server serves these kinds here. */
const NOT_SERVED: ReadonlyMap<string, string> = new Map([
  ['kubeadm.k8s.io', 'a file that kubeadm reads: see kubeadm.test.ts'],
  ['kubelet.config.k8s.io', 'a file that kubeadm reads: see kubeadm.test.ts'],
  ['kubeproxy.config.k8s.io', 'a file that kubeadm reads: see kubeadm.test.ts'],
]);

/** What the server may warn of, and why that is right. */
const EXPECTED_WARNINGS: readonly { readonly warning: RegExp; readonly because: string }[] = [
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
      const served = cluster.objects.filter((object) => !NOT_SERVED.has(groupOf(object)));
      const groups = new Set(served.map(groupOf));
      const definitions = customResourceDefinitions().filter(({ spec }) =>
        groups.has((spec as { group: string }).group),
      );
      expect(await installCustomResources(server.api, definitions)).toEqual([]);
      await createNamespaces(
        server.api,
        served.flatMap(({ metadata: { namespace } }) => (namespace === undefined ? [] : [namespace])),
      );
      expect(await problemsOf(server, served)).toEqual([]);
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

function groupOf({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

async function problemsOf(server: ApiServer, objects: readonly KubernetesObject[]): Promise<string[]> {
  const problems: string[] = [];
  for (const object of objects) {
    const answer = await dryRun(server.api, object);
    if (answer === undefined) problems.push(`${objectName(object)}: the server does not serve ${object.apiVersion}`);
    else if (answer.status !== 201 && object.kind !== 'Namespace')
      problems.push(`${objectName(object)}: ${refusalText(answer)}`);
    for (const warning of answer?.warnings ?? []) {
      if (!EXPECTED_WARNINGS.some((expected) => expected.warning.test(warning)))
        problems.push(`${objectName(object)}: ${warning}`);
    }
  }
  return [...problems, ...appliedProblems(server, objects)];
}

/** Applied for real in both ways of kubectl; what the server stored; what a second time would change. */
function appliedProblems(server: ApiServer, objects: readonly KubernetesObject[]): string[] {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  return [['--server-side'], ['--force-conflicts', '--server-side', '--field-manager=again'], []].flatMap((way) => {
    const applied = kubectl(server, ['apply', ...way, '-o', 'json', '-f', '-'], list);
    if (applied.status !== 0) return [`kubectl apply ${way.join(' ')}: ${applied.stderr}`];
    const stored = storedObjects(applied.stdout);
    const changes = objects.flatMap((object, index) => valueChanges(object, stored[index]));
    const again = kubectl(server, ['diff', ...way, '-f', '-'], list);
    return again.status === 0 ? changes : [...changes, `kubectl diff ${way.join(' ')}: ${again.stdout}${again.stderr}`];
  });
}

/** The server normalises quantities and leaves out zeros of workloads, which are not ours to write; everything else stays as it is written. */
function valueChanges(object: KubernetesObject, stored: unknown): string[] {
  // A chart gives its namespace to every object, Namespaces too: the server drops it.
  if (object.apiVersion === 'apps/v1' || object.kind === 'Namespace') return [];
  return changedPaths(object, stored).map((change) => `${objectName(object)}: ${change}`);
}

function storedObjects(text: string): readonly unknown[] {
  const value = JSON.parse(text) as { kind: string; items?: readonly unknown[] };
  return value.kind === 'List' ? (value.items ?? []) : [value];
}
