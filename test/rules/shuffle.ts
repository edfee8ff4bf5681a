import fc from 'fast-check';

/** The value with the keys of all its objects in another order; lists keep theirs. */
export function shuffledKeys(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return value.length === 0 ? fc.constant([]) : fc.tuple(...value.map(shuffledKeys));
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  const entries = Object.entries(value);
  return fc
    .tuple(shuffled(entries), fc.tuple(...entries.map(([, member]) => shuffledKeys(member))))
    .map(([order, members]) => {
      const memberOf = new Map(entries.map(([key], index) => [key, members[index]]));
      return Object.fromEntries(order.map(([key]) => [key, memberOf.get(key)]));
    });
}

/** All of the items in any order. */
export function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}
