import { ALL_CONNECTIONS, type ConnectionSet, type ConnectionSets, NO_CONNECTIONS } from './connection-set';
import type { Action } from './tiers';

/** A rule with its peers and ports as indexes. */
export interface CompiledRule {
  readonly action: Action;
  /** Index of a peer set. */
  readonly peers: number;
  /** Index of a port list. */
  readonly ports: number;
}

/** What the policies of one tier say of a pod in one direction. */
export interface TierSide {
  readonly rules: readonly CompiledRule[];
  /** What no rule matched is denied. */
  readonly isolates: boolean;
}

/** What all tiers say of a pod in one direction; tiers that say nothing are left out. */
export type Side = readonly TierSide[];

/** Whether the other end can be refused at all. */
export function isIsolated(side: Side): boolean {
  return side.some(({ isolates }) => isolates);
}

/** Which connections the side lets through, with an other end that the rules match as told. */
export function verdict(
  sets: ConnectionSets,
  side: Side,
  matches: (peers: number) => boolean,
  portsOf: (ports: number) => ConnectionSet,
): ConnectionSet {
  let allowed = NO_CONNECTIONS;
  let remaining = ALL_CONNECTIONS;
  for (const { rules, isolates } of side) {
    let open = remaining;
    let passed = NO_CONNECTIONS;
    for (const { action, peers, ports } of rules) {
      if (!matches(peers)) continue;
      const hit = sets.intersection(portsOf(ports), open);
      if (hit === NO_CONNECTIONS) continue;
      if (action === 'allow') allowed = sets.union(allowed, hit);
      else if (action === 'pass') passed = sets.union(passed, hit);
      open = sets.difference(open, hit);
      if (open === NO_CONNECTIONS) break;
    }
    remaining = isolates ? passed : sets.union(open, passed);
    if (remaining === NO_CONNECTIONS) return allowed;
  }
  return sets.union(allowed, remaining);
}
