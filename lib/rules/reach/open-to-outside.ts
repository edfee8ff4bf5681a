import { objectText } from '../../finding/finding';
import { NO_CONNECTIONS } from '../../reach';
import type { NetworkRule } from '../network-rule';
import { hasPolicies, solvedOf } from './solved';

/** In a cluster that has policies, pods that the outside reaches and that none of them speaks of were probably forgotten. */
export const openToOutside: NetworkRule = {
  code: 'NL713',
  slug: 'open-to-outside',
  severity: 'info',
  title: 'Anything outside reaches pods that no policy isolates',
  check(model, report) {
    if (!hasPolicies(model)) return;
    const { reach, entrances, uncertain } = solvedOf(model);
    const { selecting, workloadOf } = reach.compiled;
    const isolated = new Set(workloadOf.filter((_, pods) => selecting.ingress[pods].length > 0));
    const seen = new Set<string>();
    for (const { kind, object, workload, connections } of entrances) {
      if (kind === 'Ingress' || kind === 'Gateway' || isolated.has(workload) || connections === NO_CONNECTIONS)
        continue;
      const key = `${objectText(object.ref)} ${workload}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (uncertain.has(workload)) continue;
      report({
        on: object,
        field: ['spec'],
        message: `${objectText(object.ref)} opens ${reach.workloads[workload].text} to the outside on ${reach.sets.text(connections)}, and no policy isolates its pods: their other ports are open as well`,
        help: `select the pods with a NetworkPolicy that allows only ${reach.sets.text(connections)}`,
      });
    }
  },
};
