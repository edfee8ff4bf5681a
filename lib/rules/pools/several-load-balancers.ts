import { objectText } from '../../finding/finding';
import type { LoadBalancer, LoadBalancerPool } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Each of them gives an address to every Service that names no class, so that such a Service gets two, and both write its status. */
export const severalLoadBalancers: NetworkRule = {
  code: 'NL639',
  slug: 'several-load-balancers',
  severity: 'warning',
  title: 'Two implementations give addresses to the same Services',
  check(model, report) {
    const first = new Map<LoadBalancer, LoadBalancerPool>();
    for (const pool of model.loadBalancerPools) {
      if (!pool.disabled && !pool.selective && !first.has(pool.implementation)) first.set(pool.implementation, pool);
    }
    const [one, ...others] = [...first.values()];
    for (const other of others) {
      report({
        on: other.object,
        field: [],
        message: `${other.implementation} and ${one.implementation} (${objectText(one.object.ref)}) both have pools for every Service of type LoadBalancer`,
        related: [{ on: one.object, field: [], message: `a pool of ${one.implementation}` }],
        help: 'set spec.loadBalancerClass on the Services, or give the pools of one of the two a selector',
      });
    }
  },
};
