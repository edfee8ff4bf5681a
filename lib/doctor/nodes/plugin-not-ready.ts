import { flatMap } from '../../model';
import type { NetworkRule } from '../../rules/network-rule';
import { networkPlugins, rolloutOf } from '../network-plugins';
import { runningPods } from '../running-pods';

/** Where the plugin does not run, pods get no network, or lose it when it changes (DaemonSetStatus, `numberReady`). */
export const pluginNotReady: NetworkRule = {
  code: 'NL650',
  slug: 'network-plugin-not-ready',
  severity: 'error',
  title: 'The network plugin is not ready on every node',
  check(model, report) {
    for (const { name, daemonSet } of networkPlugins(model)) {
      const rollout = rolloutOf(daemonSet);
      if (rollout === undefined || rollout.ready >= rollout.wanted) continue;
      const { namespace, name: owner } = daemonSet.ref;
      const broken = runningPods(model).all.filter(
        ({ workload, isReady }) =>
          !isReady &&
          workload.owner?.kind === 'DaemonSet' &&
          workload.owner.name === owner &&
          workload.namespace === namespace,
      );
      report({
        on: daemonSet,
        field: ['status', 'numberReady'],
        message: `${name} is ready on ${rollout.ready} of ${rollout.wanted} nodes`,
        help: `look why on the nodes where it is not: kubectl -n ${namespace ?? 'default'} describe pod ${broken.at(0)?.object.ref.name ?? `-l for the pods of ${owner}`}`,
        related: flatMap(broken.slice(0, NAMED), ({ object, node, because }) => ({
          on: object,
          field: ['status'],
          message: `not ready on node ${node ?? 'nowhere: no node was found for it'}${because === '' ? '' : `: ${because}`}`,
        })),
      });
    }
  },
};

const NAMED = 3;
