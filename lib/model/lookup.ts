/** Items by key; both keep the order in which they came. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) append(groups, keyOf(item), item);
  return groups;
}

export function append<K, T>(groups: Map<K, T[]>, key: K, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

/** The same for lists by index. A list of one item, as most are, has no room for more. */
export function appendAt<T>(lists: T[][], index: number, item: T): void {
  if (lists[index].length === 0) lists[index] = [item];
  else lists[index].push(item);
}

/** Remembers the answer to each question: for what is costly, and asked for few things or often for the same. */
export function memoized<Q, A>(keyOf: (question: Q) => string, answer: (question: Q) => A): (question: Q) => A {
  const known = new Map<string, { readonly answer: A }>();
  return (question) => {
    const key = keyOf(question);
    const entry = known.get(key) ?? { answer: answer(question) };
    known.set(key, entry);
    return entry.answer;
  };
}

/** For what is costly and perhaps never asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
