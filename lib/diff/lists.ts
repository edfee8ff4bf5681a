/** Adds to the list of a key. */
export function append<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const found = lists.get(key);
  if (found === undefined) lists.set(key, [item]);
  else found.push(item);
}
