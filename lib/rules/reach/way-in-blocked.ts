import { objectText } from '../../finding/finding';
import { flatMap } from '../../model';
import { type Entrance, NO_CONNECTIONS, type Reachability } from '../../reach';
import type { NetworkRule } from '../network-rule';
import { hasPolicies, solvedOf } from './solved';

/**
 * An Ingress, a route or a Service for the outside leads to pods whose policies let none of it through. Whoever may be the controller gets the benefit
 * of the doubt: a policy that allows pods which the input does not have is taken to mean it.
 */
export const wayInBlocked: NetworkRule = {
  code: 'NL711',
  slug: 'way-in-blocked',
  severity: 'warning',
  title: 'An Ingress, a route or a Service leads to pods whose policies let none of it through',
  check(model, report) {
    if (!hasPolicies(model)) return;
    const { reach, entrances, uncertain } = solvedOf(model);
    for (const entrance of blockedOnes(reach, entrances)) {
      const { object, workload, offered } = entrance;
      if (uncertain.has(workload)) continue;
      const [policy] = flatMap(reach.compiled.workloadOf, (owner, pods) =>
        owner === workload ? reach.compiled.ruling.ingress[pods] : [],
      );
      report({
        on: object,
        field: ['spec'],
        message: `${objectText(object.ref)} leads to ${reach.workloads[workload].text} on ${reach.sets.text(offered)}, and policies let none of it through`,
        help: `allow these ports in an ingress rule for ${sourceText(entrance)}`,
        related: [
          {
            on: policy.source.object,
            field: policy.source.subject,
            message: policy.isolates ? 'isolates the pods' : 'speaks of the pods',
          },
        ],
      });
    }
  },
};

function sourceText({ kind }: Entrance): string {
  return kind === 'Ingress' || kind === 'Gateway'
    ? 'the namespace of the controller'
    : 'the addresses that come from outside';
}

/** One for each object and workload, where every port is blocked. */
function blockedOnes({ sets }: Reachability, entrances: readonly Entrance[]): readonly Entrance[] {
  const blocked = entrances.filter(({ kind, connections }) => kind !== 'hostPort' && connections === NO_CONNECTIONS);
  if (blocked.length === 0) return [];
  const open = new Set(entrances.filter(({ connections }) => connections !== NO_CONNECTIONS).map(wayOf));
  const byWay = new Map<string, Entrance>();
  for (const entrance of blocked) {
    const way = wayOf(entrance);
    if (open.has(way)) continue;
    const known = byWay.get(way);
    byWay.set(way, known === undefined ? entrance : { ...known, offered: sets.union(known.offered, entrance.offered) });
  }
  return [...byWay.values()];
}

function wayOf({ kind, object, workload }: Entrance): string {
  return `${kind} ${objectText(object.ref)} ${workload}`;
}
