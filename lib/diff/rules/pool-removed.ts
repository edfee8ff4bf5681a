import { identityOf, type IpPool, type LoadBalancerPool } from '../../model';
import type { ChangeRule } from '../change-rule';
import { lostAddresses, rangesText } from '../lost-addresses';

/** Deleting a pool before its addresses are free breaks those that have them (Calico, migrate-pools; MetalLB clears the assignments). */
export const poolRemoved: ChangeRule = {
  code: 'NL812',
  slug: 'pool-removed',
  severity: 'warning',
  title: 'A pool is removed that may be in use',
  check({ before, after }, report) {
    const pools = new Set(after.ipPools.map(keyOf));
    for (const pool of before.ipPools) {
      if (!pool.forWorkloads || pool.disabled || pools.has(keyOf(pool))) continue;
      report({
        on: pool.object,
        field: [...pool.path, 'cidr'],
        message: `the pool ${pool.name} (${pool.cidrText}) is removed although it gives addresses to pods`,
        help: 'disable it first and restart the pods that have its addresses; remove it when none is left',
      });
    }
    const loadBalancerPools = new Set(after.loadBalancerPools.map(keyOf));
    for (const pool of before.loadBalancerPools) {
      if (pool.disabled || loadBalancerPools.has(keyOf(pool))) continue;
      const lost = lostAddresses(pool, after.loadBalancerPools);
      if (lost.ranges.length === 0) continue;
      report({
        on: pool.object,
        field: ['spec'],
        message: `the pool ${pool.name} is removed, and no other pool of ${pool.implementation} has ${rangesText(lost)}`,
        help: 'Services that have these addresses get others: move them first',
      });
    }
  },
};

function keyOf({ object, name }: IpPool | LoadBalancerPool): string {
  return `${identityOf(object.ref)}\0${name}`;
}
