import { at, text } from '../../model';
import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

/** "may not change once set", nor be set later, while the Service is a load balancer (KEP-1959). */
export const loadBalancerClassChange: ChangeRule = {
  code: 'NL803',
  slug: 'load-balancer-class-change',
  severity: 'error',
  title: 'The class of a load balancer changes',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.services, after.services)) {
      if (pair.before.type !== 'LoadBalancer' || pair.after.type !== 'LoadBalancer') continue;
      const [from, to] = [pair.before, pair.after].map(({ object }) =>
        text(at(object.manifest, 'spec', 'loadBalancerClass')),
      );
      if (from === to) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, ['spec', 'loadBalancerClass'], {
          message: `loadBalancerClass changes from ${from ?? 'none'} to ${to ?? 'none'}`,
          help: 'the API server refuses it while the type is LoadBalancer: delete the Service and create it anew; its address may change',
        }),
      );
    }
  },
};
