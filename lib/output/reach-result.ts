import type { Finding, ObjectRef } from '../finding/finding';
import { connections, type Connection, type Entrance, type Filter, type Reachability } from '../reach';

/** What every format of `netloom reach` is printed from. */
export interface ReachResult {
  readonly reach: Reachability;
  readonly entrances: readonly Entrance[];
  readonly filter: Filter;
  readonly findings: readonly Finding[];
  /** Policies of other APIs, which the answer leaves out. @default - none */
  readonly leftOut?: readonly ObjectRef[];
}

/** Millions of pairs are printed one by one: they are never held together. */
export function reachConnections({ reach, entrances, filter }: ReachResult): Iterable<Connection> {
  return connections(reach, entrances, filter);
}
