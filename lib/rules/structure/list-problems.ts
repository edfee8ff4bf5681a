import type { Problem } from '../../finding/problem';
import { type FieldPath, flatMap, list } from '../../model';
import { collisions } from '../collisions';

/** What is wrong with a value for which a rule does not hold, each at its own place. */
export type RuleWords = (value: unknown, path: FieldPath) => readonly Problem[];

/** How rules begin, and what is said where they do not hold. */
export type WordsByStart = ReadonlyMap<string, RuleWords>;

export function problem(field: FieldPath, message: string, help: string): readonly Problem[] {
  return [{ field, message, help }];
}

/** The items of a list that say again what one before them said, by what tells them apart. */
export function repeated(
  value: unknown,
  keyOf: (item: unknown) => string | undefined,
): readonly { readonly item: unknown; readonly index: number; readonly first: number }[] {
  const keyed = flatMap(list(value), (item, index) => {
    const key = keyOf(item);
    return key === undefined ? [] : [{ key, item, index }];
  });
  return flatMap(
    collisions(keyed, ({ key }) => key),
    ({ first, others }) => others.map(({ item, index }) => ({ item, index, first: first.index })),
  );
}
