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
      if (!needed || to === undefined || from === to) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, ['spec', 'healthCheckNodePort'], {
          ...(from === undefined && { severity: 'warning' }),
          message: `healthCheckNodePort ${from === undefined ? `${to} is asked for by a Service whose port the cluster chose` : `changes from ${from} to ${to}`}`,
          help:
            from === undefined
              ? 'the API server refuses it unless the Service has this port already: look it up, or leave it out'
              : 'the API server refuses it: keep the port, or delete the Service and create it anew',
        }),
      );
    }
  },
};
