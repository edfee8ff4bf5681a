import { compareText } from '../finding/finding';
import { flatMap } from './lists';

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
  const byForm = new Map<number, T[]>();
  for (const item of items) {
    for (const form of forms(nameOf(item))) {
      const known = byForm.get(form);
      if (known === undefined) byForm.set(form, [item]);
      else known.push(item);
    }
  }
  return (name) =>
    [...new Set(flatMap(forms(name), (form) => byForm.get(form) ?? []))]
      .filter((item) => isMisspelling(nameOf(item), name))
      .sort((a, b) => compareText(nameOf(a), nameOf(b)))
      .at(0);
}

/** Whether one is probably a misspelling of the other. */
export function isSimilarName(name: string, other: string): boolean {
  const isOfLength = ({ length }: string): boolean => length >= SHORTEST && length <= LONGEST;
  return isOfLength(name) && isOfLength(other) && isMisspelling(name, other);
}

function isMisspelling(name: string, other: string): boolean {
  return name !== other && shareForm(name, other) && withoutDigits(name) !== withoutDigits(other);
}

/** A prime, so that different names seldom have equal numbers. */
const BASE = 0x01000193;

/** Numbers of the name and of the name without each one of its letters: each is the one before it with one letter replaced. Equal texts have equal numbers. */
function forms(name: string): readonly number[] {
  const { length } = name;
  if (length < SHORTEST || length > LONGEST) return [];
  const found: number[] = [];
  let whole = 0;
  let without = 0;
  let power = 1;
  for (let index = 0; index < length; index++) {
    whole = (whole + Math.imul(name.charCodeAt(index), power)) | 0;
    if (index + 1 < length) without = (without + Math.imul(name.charCodeAt(index + 1), power)) | 0;
    power = Math.imul(power, BASE);
  }
  found.push(whole, without);
  power = 1;
  for (let index = 0; index + 1 < length; index++) {
    const step = Math.imul(name.charCodeAt(index) - name.charCodeAt(index + 1), power);
    // The same letter twice: it does not matter which of them is left out.
    if (step !== 0) found.push((without = (without + step) | 0));
    power = Math.imul(power, BASE);
  }
  return found;
}

/** Whether a name, or the name without one of its letters, is the other one, or that without one of its letters. */
function shareForm(name: string, other: string): boolean {
  const [long, short] = name.length < other.length ? [other, name] : [name, other];
  if (long.length - short.length > 1) return false;
  let from = 0;
  while (from < short.length && long[from] === short[from]) from++;
  if (long.length > short.length) return long.slice(from + 1) === short.slice(from);
  let to = long.length;
  while (to > from && long[to - 1] === short[to - 1]) to--;
  const [one, two] = [long.slice(from, to), short.slice(from, to)];
  return one.slice(1) === two.slice(0, -1) || one.slice(0, -1) === two.slice(1);
}

function withoutDigits(name: string): string {
  return name.replaceAll(/[0-9]/g, '');
}
