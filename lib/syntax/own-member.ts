/** What a record has under a key that comes from outside: never a member of the prototype, such as `toString`. */
export function own<T>(entries: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
}
