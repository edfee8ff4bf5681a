import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

/** Immutable while it is needed: by a load balancer with `externalTrafficPolicy: Local` (core/v1 validation). */
export const healthCheckNodePortChange: ChangeRule = {
  code: 'NL817',
  slug: 'health-check-node-port-change',
  severity: 'error',
  title: 'The health check node port of a Service changes',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.services, after.services)) {
      const needed = [pair.before, pair.after].every(({ externalTrafficPolicy }) => externalTrafficPolicy === 'Local');
      const [from, to] = [pair.before.healthCheckNodePort, pair.after.healthCheckNodePort];
      if (!needed || from === undefined || to === undefined || from === to) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, ['spec', 'healthCheckNodePort'], {
          message: `healthCheckNodePort changes from ${from} to ${to}`,
          help: 'the API server refuses it: keep the port, or delete the Service and create it anew',
        }),
      );
    }
  },
};
