import { smallPoolProblems } from '../../syntax/calico-pool';
import { within } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** A pool must hold at least one block (clientv3/ippool.go), or no node gets addresses from it. */
export const ipPoolBlockSize: NetworkRule = {
  code: 'NL603',
  slug: 'ip-pool-block-size',
  severity: 'error',
  layer: 'object',
  title: 'An IPPool is smaller than its block size',
  check(model, report) {
    for (const pool of model.ipPools) {
      for (const problem of smallPoolProblems(pool)) report({ on: pool.object, ...within(pool.path, problem) });
    }
  },
};
