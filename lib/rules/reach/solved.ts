import type { NetworkModel } from '../../model';
import { type Entrance, entrances, type Reachability, solve } from '../../reach';

export interface Solved {
  readonly reach: Reachability;
  readonly entrances: readonly Entrance[];
}

const solved = new WeakMap<NetworkModel, Solved>();

/** Several rules ask the same model: it is solved once. */
export function solvedOf(model: NetworkModel): Solved {
  const known = solved.get(model);
  if (known !== undefined) return known;
  const reach = solve(model);
  const made = { reach, entrances: entrances(model, reach) };
  solved.set(model, made);
  return made;
}
