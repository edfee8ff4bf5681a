import { objectText } from '../../finding/finding';
import { type ConnectionSet, type Entrance, NO_CONNECTIONS, type Reachability } from '../../reach';
import type { NetworkRule } from '../network-rule';
import { solvedOf } from './solved';

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
    if (model.networkPolicies.length === 0) return;
    const { reach, entrances } = solvedOf(model);
    for (const entrance of blockedOnes(reach, entrances)) {
      const { object, workload, offered } = entrance;
      const [policy] = reach.compiled.workloadOf.flatMap((owner, pods) =>
        owner === workload ? reach.compiled.selecting.ingress[pods] : [],
      );
      report({
        on: object,
        field: ['spec'],
        message: `${objectText(object.ref)} leads to ${reach.workloads[workload].text} on ${reach.sets.text(offered)}, and policies let none of it through`,
        help: `allow these ports in an ingress rule for ${sourceText(entrance)}`,
        related: [{ on: policy.source.object, field: ['spec', 'podSelector'], message: 'isolates the pods' }],
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
function blockedOnes({ sets }: Reachability, entrances: readonly Entrance[]): Entrance[] {
  const byWay = new Map<string, Entrance & { offered: ConnectionSet; connections: ConnectionSet }>();
  for (const entrance of entrances) {
    const key = `${entrance.kind} ${objectText(entrance.object.ref)} ${entrance.workload}`;
    const known = byWay.get(key);
    byWay.set(
      key,
      known === undefined
        ? { ...entrance }
        : {
            ...known,
            offered: sets.union(known.offered, entrance.offered),
            connections: sets.union(known.connections, entrance.connections),
          },
    );
  }
  return [...byWay.values()].filter(
    ({ kind, offered, connections }) =>
      kind !== 'hostPort' && offered !== NO_CONNECTIONS && connections === NO_CONNECTIONS,
  );
}
