import type { IpFamily } from '../address';
import type { RuledProblem } from '../finding/problem';
import type { PodNetworkMigration, Pool } from './pod-network-spec';
import { tunnelOf } from './rehearsal/calico';
import { MIGRATION_ENCAPSULATION, MIGRATION_UNSUPPORTED } from './rules';

/**
 * The pools of the source as they are before any pod moves: with the encapsulation of the target. A tunnel has an address only while an enabled
 * pool of its kind selects the node, so that pods of two kinds cannot live side by side.
 */
export function reencapsulated({ from, to }: Pick<PodNetworkMigration, 'from' | 'to'>): readonly Pool[] {
  return from.pools.map((pool) => {
    const kept = to.pools.find((other) => samePool(pool, other));
    if (kept !== undefined) return { ...pool, encapsulation: kept.encapsulation };
    const targets = to.pools.filter(({ cidr }) => cidr.family === pool.cidr.family);
    if (
      targets.length === 0 ||
      targets.some((other) => tunnelOf(other.encapsulation) === tunnelOf(pool.encapsulation))
    ) {
      return pool;
    }
    return { ...pool, encapsulation: targets[0].encapsulation };
  });
}

/** The pools whose encapsulation changes in place, as they are afterwards. */
export function encapsulationChanges(migration: Pick<PodNetworkMigration, 'from' | 'to'>): Pool[] {
  const before = new Map(migration.from.pools.map((pool) => [pool.name, pool.encapsulation]));
  return reencapsulated(migration).filter(({ name, encapsulation }) => before.get(name) !== encapsulation);
}

export function encapsulationProblems(migration: PodNetworkMigration): RuledProblem[] {
  const { from, to, temporaryPool } = migration;
  const families = [...new Set(to.pools.map(({ cidr }) => cidr.family))];
  const mixed = families.flatMap((family) =>
    mixedProblems(family, [...to.pools, ...(temporaryPool ? [temporaryPool] : [])]),
  );
  if (mixed.length > 0) return mixed;
  const before = new Map(from.pools.map(({ name, encapsulation }) => [name, encapsulation]));
  return encapsulationChanges(migration).map(({ name, encapsulation }) => ({
    rule: MIGRATION_ENCAPSULATION,
    message: `the encapsulation of ${name} changes from ${before.get(name) ?? ''} to ${encapsulation}, and no traffic goes between nodes until all of them have changed`,
    help: 'leave encapsulation out to keep that of the source; else follow the stage change-encapsulation at a time when that may be',
  }));
}

function mixedProblems(family: IpFamily, all: readonly Pool[]): RuledProblem[] {
  const pools = all.filter(({ cidr }) => cidr.family === family);
  if (new Set(pools.map(({ encapsulation }) => tunnelOf(encapsulation))).size < 2) return [];
  return [
    {
      rule: MIGRATION_UNSUPPORTED,
      message: `the ${family} pools of the target have different encapsulations: ${pools.map(({ name, encapsulation }) => `${name} ${encapsulation}`).join(', ')}; a pod of one does not reach a pod of another while they move`,
      help: 'give all of them the same, or change it in a migration of its own',
    },
  ];
}

/** What cannot be changed in place. */
export function samePool(a: Pool, b: Pool): boolean {
  return (
    a.name === b.name &&
    a.blockSize === b.blockSize &&
    a.cidr.family === b.cidr.family &&
    a.cidr.base === b.cidr.base &&
    a.cidr.prefix === b.cidr.prefix
  );
}
