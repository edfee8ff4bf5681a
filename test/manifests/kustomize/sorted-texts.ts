import type { SourceObject } from '../../../lib/model';

/** Objects as texts that are equal if the objects are, whatever the order of keys and documents. */
export function sortedTexts(objects: readonly SourceObject[]): string[] {
  return objects.map(({ manifest }) => JSON.stringify(sorted(manifest), null, 1)).sort();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
