import { changed, type ChangeRule } from '../change-rule';
import { lostAddresses, rangesText } from '../lost-addresses';
import { pairsOf } from '../model-change';

/** MetalLB: "current IP not allowed by config, clearing"; Cilium takes the address back. */
export const poolShrunk: ChangeRule = {
  code: 'NL813',
  slug: 'pool-shrunk',
  severity: 'warning',
  title: 'A pool of load balancer addresses loses addresses',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.loadBalancerPools, after.loadBalancerPools)) {
      // The CIDR of a Calico pool cannot change at all.
      if (pair.before.disabled || pair.after.implementation === 'Calico') continue;
      const lost = lostAddresses(pair.before, after.loadBalancerPools);
      if (lost.ranges.length === 0) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, ['spec'], {
          message: `the pool ${pair.after.name} loses ${rangesText(lost)}`,
          help: 'Services that have these addresses get others: move them first, or keep the range',
        }),
      );
    }
  },
};
