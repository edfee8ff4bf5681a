import { compareText } from '../finding/finding';
import { append } from './lookup';

/** Short names are near each other by chance: `ui` and `db` are no misspellings of one another. */
const SHORTEST = 3;
/** No object has a longer name. */
const LONGEST = 253;

/**
 * Finds the item whose name is probably meant: one letter was added, left out, replaced or swapped with its neighbour. Names that
 * differ in digits only (`web-v1`, `web-v2`) are different names.
 *
 * Both names without one of their letters have a form in common then, so that a lookup costs as much as the name is long, whatever the number of items.
 */
export function similarNames<T>(items: readonly T[], nameOf: (item: T) => string): (name: string) => T | undefined {
  const byForm = new Map<string, T[]>();
  for (const item of items) {
    for (const form of forms(nameOf(item))) append(byForm, form, item);
  }
  return (name) =>
    [...forms(name)]
      .flatMap((form) => byForm.get(form) ?? [])
      .filter((item) => nameOf(item) !== name && withoutDigits(nameOf(item)) !== withoutDigits(name))
      .sort((a, b) => compareText(nameOf(a), nameOf(b)))
      .at(0);
}

/** Whether one is probably a misspelling of the other. */
export function isSimilarName(name: string, other: string): boolean {
  return Math.abs(name.length - other.length) <= 1 && similarNames([name], (item) => item)(other) !== undefined;
}

/** The name, and the name without each one of its letters. */
function forms(name: string): Set<string> {
  const { length } = name;
  if (length < SHORTEST || length > LONGEST) return new Set();
  return new Set([name, ...Array.from({ length }, (_, index) => name.slice(0, index) + name.slice(index + 1))]);
}

function withoutDigits(name: string): string {
  return name.replaceAll(/[0-9]/g, '');
}
