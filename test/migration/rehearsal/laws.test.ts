import fc from 'fast-check';
import { type Planned, rehearse, type Runbook } from '../../../lib/migration';
import { RANDOM_MIGRATIONS } from '../random-migrations';

/** How often a migration was planned, and how often it was refused. */
const counts = new Map<string, { planned: number; refused: number }>();

function holds({ value, problems }: Planned<Runbook>, what: string): void {
  const count = counts.get(what) ?? { planned: 0, refused: 0 };
  counts.set(what, count);
  if (value === null) {
    count.refused += 1;
    expect(problems.some(({ rule }) => rule.severity === 'error')).toBe(true);
    return;
  }
  count.planned += 1;
  if (value.cluster === null) throw new Error('it is not known for which cluster');
  const found = rehearse(value, value.cluster).stages.flatMap(({ folder, problems: wrong }) =>
    wrong.map(({ rule, message }) => `${folder} ${rule.code} ${message}`),
  );
  expect(found).toEqual([]);
}

test.each(Object.entries(RANDOM_MIGRATIONS))(
  '%s: the rehearsal finds nothing, or the migration is refused with a reason',
  (what, migrations) => {
    fc.assert(
      fc.property(migrations, (migration) => {
        holds(migration, what);
      }),
      { numRuns: 400 },
    );
    // A law about what is always refused would say nothing.
    expect(counts.get(what)?.planned).toBeGreaterThan(2);
    expect(counts.get(what)?.refused).toBeGreaterThan(2);
  },
);
