import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../lib/cli/configuration';

const ROOT = join(__dirname, '../..');
const { allocations } = JSON.parse(readFileSync(join(ROOT, 'netloom.lock.json'), 'utf8')) as {
  allocations: Record<string, string>;
};

const FACTS: ReadonlyMap<string, 'podCidrs' | 'serviceCidrs' | 'loadBalancerCidrs'> = new Map([
  ['pods', 'podCidrs'],
  ['services', 'serviceCidrs'],
  ['loadBalancers', 'loadBalancerCidrs'],
]);

const { config, findings } = loadConfig({ config: 'netloom.yaml' }, []);

test('nothing is wrong with it', () => {
  expect(findings).toEqual([]);
});

test.each(Object.entries(allocations).filter(([key]) => FACTS.has(key.split('/')[1])))(
  '%s: the clusters of netloom.yaml have what the lock says',
  (key, cidr) => {
    const [cluster, role] = key.split('/');
    const fact = FACTS.get(role) ?? 'podCidrs';
    expect(config.clusters.find(({ name }) => name === cluster)?.facts[fact]).toContain(cidr);
  },
);
