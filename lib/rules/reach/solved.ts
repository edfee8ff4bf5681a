import { calicoPolicies, ciliumPolicies, flatMap, type NetworkModel, policyEngine } from '../../model';
import { doubtsByWorkload, type Entrance, entrances, type Reachability, solve } from '../../reach';
import { perModel } from '../../model/per-model';

export interface Solved {
  readonly reach: Reachability;
  readonly entrances: readonly Entrance[];
  /** Of these workloads it is not certain what policies let through: nothing is said of them. */
  readonly uncertain: ReadonlySet<number>;
}

/** Whether anything decides at all. */
export function hasPolicies(model: NetworkModel): boolean {
  const { engine } = policyEngine(model);
  return (
    model.networkPolicies.length > 0 ||
    (engine === 'cilium' && ciliumPolicies(model).length > 0) ||
    (engine === 'calico' && calicoPolicies(model).length > 0)
  );
}

export const solvedOf = perModel((model): Solved => {
  const reach = solve(model);
  const doubts = doubtsByWorkload(model, reach.compiled);
  const uncertain = flatMap(reach.workloads, ({ text }, index) => (doubts.has(text) ? [index] : []));
  return { reach, entrances: entrances(model, reach), uncertain: new Set(uncertain) };
});
