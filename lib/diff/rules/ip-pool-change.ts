import { formatCidr } from '../../address';
import { identityOf, type IpPool } from '../../model';
import { changed, type ChangeRule } from '../change-rule';

/** CIDR and block size are fixed when the pool is made, and a pool for load balancers stays one (Calico, IPPool; clientv3/ippool.go). */
export const ipPoolChange: ChangeRule = {
  code: 'NL804',
  slug: 'ip-pool-change',
  severity: 'error',
  title: 'A Calico IP pool changes in what is fixed when it is made',
  check({ before, after }, report) {
    const old = new Map(before.ipPools.map((pool) => [keyOf(pool), pool]));
    for (const pool of after.ipPools) {
      const earlier = old.get(keyOf(pool));
      if (earlier === undefined) continue;
      // The API server of Calico refuses it; what is written to the storage API or given to the operator fails later.
      const refused = pool.object.ref.apiVersion.startsWith('projectcalico.org/');
      for (const { field, from, to } of fixedFields(earlier, pool)) {
        report(
          changed({ before: earlier.object, after: pool.object }, [...pool.path, field], {
            ...(!refused && { severity: 'warning' }),
            message: `${field} of the pool ${pool.name} changes from ${from} to ${to}`,
            help: 'add a pool, disable this one, restart its pods, and remove it when none of its addresses is left',
          }),
        );
      }
    }
  },
};

/** Pools of an Installation are told apart by their names. */
function keyOf({ object, name }: IpPool): string {
  return `${identityOf(object.ref)}\0${name}`;
}

function fixedFields(before: IpPool, after: IpPool): { field: string; from: string; to: string }[] {
  const [from, to] = [before, after].map(({ cidr, blockSize, forLoadBalancers }) => ({
    cidr: formatCidr(cidr),
    blockSize: `/${blockSize}`,
    allowedUses: forLoadBalancers ? 'LoadBalancer' : 'Workload or Tunnel',
  }));
  return (['cidr', 'blockSize', 'allowedUses'] as const)
    .filter((field) => from[field] !== to[field] && (field !== 'allowedUses' || before.forLoadBalancers))
    .map((field) => ({ field, from: from[field], to: to[field] }));
}
