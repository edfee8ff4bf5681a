/** Items with one key, in the order in which they came. */
export interface Collision<T> {
  readonly first: T;
  /** At least one. */
  readonly others: readonly T[];
}

export function collisions<T>(items: Iterable<T>, keyOf: (item: T) => string): Collision<T>[] {
  const groups = new Map<string, { first: T; others: T[] }>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: item, others: [] });
    else group.others.push(item);
  }
  return [...groups.values()].filter(({ others }) => others.length > 0);
}
