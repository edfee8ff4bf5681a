/*
 * `flatMap` and the spread syntax of arrays make room for sixteen items more than there are, and take some hundred nanoseconds for it. Most
 * lists in manifests, and of what is said about them, have one item or none, and there are millions of them in a large repository. So these
 * return a list that exists already where it is the whole answer.
 */

const NONE: readonly never[] = [];

/** As `items.flatMap(of)`, for lists that are short. */
export function flatMap<T, R>(items: readonly T[], of: (item: T, index: number) => R | readonly R[]): readonly R[] {
  let all: readonly R[] = NONE;
  let own: R[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const made = of(items[index], index);
    if (!Array.isArray(made)) {
      own ??= all.slice();
      own.push(made as R);
      all = own;
    } else if (all.length === 0) {
      all = made as readonly R[];
    } else if (made.length > 0) {
      own ??= all.slice();
      for (const item of made as readonly R[]) own.push(item);
      all = own;
    }
  }
  return all;
}

/** As `[...first, ...second]`. */
export function concat<Lists extends readonly (readonly unknown[])[]>(
  ...lists: Lists
): readonly Lists[number][number][] {
  return flatMap(lists, (list) => list);
}
