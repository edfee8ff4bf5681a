import { type Entrance, entrances, type Reachability, solve } from '../../reach';
import { perModel } from '../../model/per-model';

export interface Solved {
  readonly reach: Reachability;
  readonly entrances: readonly Entrance[];
}

export const solvedOf = perModel((model): Solved => {
  const reach = solve(model);
  return { reach, entrances: entrances(model, reach) };
});
