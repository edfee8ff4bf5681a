import { formatCidr } from '../../address';
import type { NetworkRule } from '../network-rule';

/** A pool must hold at least one block (clientv3/ippool.go), or no node gets addresses from it. */
export const ipPoolBlockSize: NetworkRule = {
  code: 'NL603',
  slug: 'ip-pool-block-size',
  severity: 'error',
  title: 'An IPPool is smaller than its block size',
  check(model, report) {
    for (const pool of model.ipPools) {
      if (pool.disabled || pool.blockSize >= pool.cidr.prefix) continue;
      report({
        on: pool.object,
        field: [...pool.path, 'blockSize'],
        message: `${formatCidr(pool.cidr)} is smaller than one block of /${pool.blockSize}`,
        help: `use a blockSize of ${pool.cidr.prefix} or more, or a larger pool`,
      });
    }
  },
};
