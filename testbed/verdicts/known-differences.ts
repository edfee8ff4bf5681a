import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from '../program';

/**
 * Differences that are not fixed yet, by seed: `PATH: CHANGE` of the mutation, and who refuses the object. The list only shrinks: a test that
 * finds another one fails, a full one that does not find all of it too, and `FULL=1 UPDATE_KNOWN=1 npm run test:cluster` takes out what is
 * fixed.
 */
export interface KnownDifferences {
  readonly [seed: string]: { readonly [who in Refuser]?: readonly string[] };
}

export type Refuser = 'server' | 'netloom';

function fileOf(release: Release): string {
  return join(__dirname, `known-differences-${release}.json`);
}

export function readKnownDifferences(release: Release): KnownDifferences {
  const file = fileOf(release);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KnownDifferences) : {};
}

export function writeKnownDifferences(release: Release, differences: KnownDifferences): void {
  writeFileSync(fileOf(release), `${JSON.stringify(differences, null, 1)}\n`);
}

/** What is known and still found. */
export function stillFound(
  known: KnownDifferences,
  found: ReadonlyMap<string, readonly [Refuser, string][]>,
): KnownDifferences {
  const entries = Object.entries(known).flatMap(([seed, differences]) => {
    const now = found.get(seed);
    if (now === undefined) return [[seed, differences] as const];
    const kept = Object.entries(differences).flatMap(([who, names]) => {
      const left = names.filter((name) => now.some(([refuser, difference]) => refuser === who && difference === name));
      return left.length === 0 ? [] : [[who, left] as const];
    });
    return kept.length === 0 ? [] : [[seed, Object.fromEntries(kept)] as const];
  });
  return Object.fromEntries(entries);
}
