/** What something demands, by key: two demands contradict each other where they want different values for one key. */
export type Requirements = ReadonlyMap<string, string>;

/** Items with what they demand, in the order in which they were added. */
export interface CompatibleIndex<T> {
  /** The first item whose demands can be met together with these. */
  readonly find: (requirements: Requirements) => T | undefined;
  readonly add: (requirements: Requirements, item: T) => void;
}

interface Numbered<T> {
  readonly item: T;
  readonly number: number;
}

/** The items that demand something for the same keys. */
interface KeyGroup<T> {
  readonly keys: readonly string[];
  /** The first item of each combination of values. */
  readonly items: Map<string, { readonly requirements: Requirements; readonly first: Numbered<T> }>;
  /** By some of the keys: the first item of each combination of their values. */
  readonly views: Map<string, { readonly keys: readonly string[]; readonly firsts: Map<string, Numbered<T>> }>;
}

/** A question costs as much as there are different sets of keys, which are few, whatever the number of items. */
export function compatibleIndex<T>(): CompatibleIndex<T> {
  const groups = new Map<string, KeyGroup<T>>();
  let count = 0;
  const viewOf = (group: KeyGroup<T>, keys: readonly string[]): ReadonlyMap<string, Numbered<T>> => {
    const known = group.views.get(JSON.stringify(keys));
    if (known !== undefined) return known.firsts;
    const firsts = new Map<string, Numbered<T>>();
    for (const { requirements, first } of group.items.values()) addFirst(firsts, valuesText(requirements, keys), first);
    group.views.set(JSON.stringify(keys), { keys, firsts });
    return firsts;
  };
  return {
    find(requirements) {
      let earliest: Numbered<T> | undefined;
      for (const group of groups.values()) {
        const shared = group.keys.filter((key) => requirements.has(key));
        const found = viewOf(group, shared).get(valuesText(requirements, shared));
        if (found !== undefined && found.number < (earliest?.number ?? Infinity)) earliest = found;
      }
      return earliest?.item;
    },
    add(requirements, item) {
      const keys = [...requirements.keys()].sort();
      const group: KeyGroup<T> = groups.get(JSON.stringify(keys)) ?? { keys, items: new Map(), views: new Map() };
      groups.set(JSON.stringify(keys), group);
      const first = { item, number: count++ };
      const all = valuesText(requirements, keys);
      if (group.items.has(all)) return;
      group.items.set(all, { requirements, first });
      for (const view of group.views.values()) addFirst(view.firsts, valuesText(requirements, view.keys), first);
    },
  };
}

function valuesText(requirements: Requirements, keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => requirements.get(key)));
}

function addFirst<T>(firsts: Map<string, T>, key: string, item: T): void {
  if (!firsts.has(key)) firsts.set(key, item);
}
