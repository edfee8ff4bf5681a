import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '../..');
const read = (file: string): unknown => parse(readFileSync(join(ROOT, file), 'utf8'));

const { clusters } = read('netloom.yaml') as { clusters: Record<string, Record<string, string[] | undefined>> };
const { allocations } = read('netloom.lock.json') as { allocations: Record<string, string> };

const FACTS: Record<string, string> = {
  pods: 'podCidrs',
  services: 'serviceCidrs',
  loadBalancers: 'loadBalancerCidrs',
};

test.each(Object.entries(allocations).filter(([key]) => Object.hasOwn(FACTS, key.split('/')[1])))(
  '%s: netloom.yaml says what the lock says',
  (key, cidr) => {
    const [cluster, role] = key.split('/');
    expect(clusters[cluster][FACTS[role]]).toContain(cidr);
  },
);
