import type { ClusterTexts } from '../config/cluster-options';
import type { Finding } from '../finding/finding';
import { isFleetKey } from '../plan';
import { readLockFile } from '../synth/lock-file';
import { UsageError } from './usage-error';

export interface FactsByCluster {
  readonly facts: ReadonlyMap<string, ClusterTexts>;
  readonly findings: readonly Finding[];
}

const FACTS_OF_ROLES: ReadonlyMap<string, 'podCidrs' | 'serviceCidrs' | 'loadBalancerCidrs'> = new Map([
  ['pods', 'podCidrs'],
  ['services', 'serviceCidrs'],
  ['loadBalancers', 'loadBalancerCidrs'],
]);

/** What the lock holds for clusters: `cluster/role/family`. */
export function factsOfLock(file: string): FactsByCluster {
  const { lock, findings, text } = readLockFile(file);
  if (text === undefined) throw new UsageError(`cannot read ${file}, which netloom.yaml names: it does not exist`);
  const facts = new Map<string, Record<'podCidrs' | 'serviceCidrs' | 'loadBalancerCidrs', string[]>>();
  for (const [key, cidr] of lock.allocations) {
    const [cluster, role] = key.split('/');
    const fact = FACTS_OF_ROLES.get(role);
    if (!isFleetKey(key) || fact === undefined) continue;
    const known = facts.get(cluster) ?? { podCidrs: [], serviceCidrs: [], loadBalancerCidrs: [] };
    known[fact].push(cidr);
    facts.set(cluster, known);
  }
  return { facts: new Map([...facts].map(([name, lists]) => [name, stated(lists)])), findings };
}

/** No range there means not known, not that there is none. */
export function stated(lists: Readonly<Record<string, readonly string[]>>): ClusterTexts {
  return Object.fromEntries(Object.entries(lists).filter(([, cidrs]) => cidrs.length > 0));
}
