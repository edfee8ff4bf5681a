import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLUSTER_RECORD_NAME, readClusterRecord } from '../../lib/synth/cluster-record';

const ROOT = join(__dirname, '../..');
const { allocations } = JSON.parse(readFileSync(join(ROOT, 'netloom.lock.json'), 'utf8')) as {
  allocations: Record<string, string>;
};
const clusters =
  readClusterRecord(readFileSync(join(ROOT, 'dist', CLUSTER_RECORD_NAME), 'utf8')) ?? new Map<string, never>();

const FACTS: ReadonlyMap<string, 'podCidrs' | 'serviceCidrs' | 'loadBalancerCidrs'> = new Map([
  ['pods', 'podCidrs'],
  ['services', 'serviceCidrs'],
  ['loadBalancers', 'loadBalancerCidrs'],
]);

test.each(Object.entries(allocations).filter(([key]) => FACTS.has(key.split('/')[1])))(
  '%s: the recorded cluster has what the lock says',
  (key, cidr) => {
    const [cluster, role] = key.split('/');
    expect(clusters.get(cluster)?.facts[FACTS.get(role) ?? 'podCidrs']).toContain(cidr);
  },
);

test('every manifest is of one cluster', () => {
  const manifests = readdirSync(join(ROOT, 'dist')).filter((file) => file.endsWith('.k8s.yaml'));
  const recorded = [...clusters.values()].flatMap(({ files }) => files);
  expect(recorded.filter((file) => file.endsWith('.k8s.yaml')).sort()).toEqual(manifests.sort());
});
