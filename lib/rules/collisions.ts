import { flatMap } from '../model';
import { append } from '../model/lookup';

/** Items with one key, in the order in which they came. */
export interface Collision<T> {
  readonly first: T;
  /** At least one. */
  readonly others: readonly T[];
}

export function collisions<T>(items: Iterable<T>, keyOf: (item: T) => string): readonly Collision<T>[] {
  const firsts = new Map<string, T>();
  const others = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (firsts.has(key)) append(others, key, item);
    else firsts.set(key, item);
  }
  if (others.size === 0) return [];
  return flatMap([...firsts], ([key, first]) => {
    const group = others.get(key);
    return group === undefined ? [] : [{ first, others: group }];
  });
}
