import { below, type FieldPath, record } from '../../model';
import { type FieldProblem, inRightCase, isSet, oneOf, shown } from '../field-problem';

/** Where a form is in an object, and what it has found. The path changes on the way, so that values that are right cost nothing. */
interface Walk {
  readonly path: (string | number)[];
  readonly found: FieldProblem[];
}

/** What the schema of a CRD says of one value. A value that is not set fits every form. */
export type Form = (value: unknown, walk: Walk) => void;

export function problemsOfForm(form: Form, value: unknown, field: FieldPath): readonly FieldProblem[] {
  const walk: Walk = { path: [...field], found: [] };
  form(value, walk);
  return walk.found;
}

function say({ path, found }: Walk, problem: Omit<FieldProblem, 'field'>): void {
  found.push({ field: [...path], ...problem });
}

function under(walk: Walk, key: string | number, form: Form, value: unknown): void {
  walk.path.push(key);
  form(value, walk);
  walk.path.pop();
}

/** @param kept What was wrong with a value of another type is said of that alone. */
function ofType<T>(is: (value: unknown) => value is T, type: string, kept: (value: T, walk: Walk) => void): Form {
  return (value, walk) => {
    if (!isSet(value)) return;
    if (is(value)) {
      kept(value, walk);
      return;
    }
    const name = nameOf(walk.path);
    say(walk, { message: `${name} is ${shown(value)}, and must be ${type}`, help: `write ${type}` });
  };
}

/** The nearest field, of which an item is an entry. */
function nameOf(path: FieldPath): string {
  const name = path.filter((key) => typeof key === 'string').at(-1) ?? 'the object';
  return typeof path.at(-1) === 'number' ? `an entry of ${name}` : name;
}

interface TextLimits {
  /** What the text is, with its article: `a DNS name`. */
  readonly what: string;
  readonly help: string;
  readonly pattern?: RegExp;
  readonly least?: number;
  readonly most?: number;
}

export function text({ what, help, pattern, least = 0, most = Infinity }: TextLimits): Form {
  return ofType(isText, 'a text, in quotes if need be', (value, walk) => {
    if (value.length > most) {
      const message = `${nameOf(walk.path)} has ${value.length} characters, more than ${most}`;
      say(walk, { message, help: 'shorten it' });
    } else if (value.length < least || pattern?.test(value) === false) {
      say(walk, { message: `${nameOf(walk.path)}: ${shown(value)} is not ${what}`, help });
    }
  });
}

export function oneOfWords(...words: readonly string[]): Form {
  return (value, walk) => {
    if (!isSet(value) || words.some((word) => word === value)) return;
    say(walk, {
      message: `${nameOf(walk.path)} is ${shown(value)}, and must be ${oneOf(words)}`,
      help: 'case matters',
      ...inRightCase([...walk.path], value, words),
    });
  };
}

export function integerFrom(least: number, most: number): Form {
  return ofType(isInteger, 'a whole number, without quotes', (value, walk) => {
    if (value >= least && value <= most) return;
    const range = most === Infinity ? String(least) : `${least} to ${most}`;
    say(walk, { message: `${nameOf(walk.path)} is ${value}`, help: `use a number from ${range}` });
  });
}

export const FLAG: Form = ofType(isFlag, 'true or false, without quotes', () => undefined);

interface ListLimits {
  readonly least?: number;
  readonly most: number;
  /** Whether the API server refuses a text that stands twice. */
  readonly distinct?: boolean;
}

export function listOf(form: Form, { least = 0, most, distinct = false }: ListLimits): Form {
  return ofType(Array.isArray, 'a list', (items: readonly unknown[], walk) => {
    if (items.length > most || items.length < least) {
      const message = `${nameOf(walk.path)} has ${items.length} entries, ${items.length > most ? `more than ${most}` : `and needs ${least}`}`;
      say(walk, { message, help: items.length > most ? `keep ${most} at most` : 'give one, or leave the field out' });
      return;
    }
    for (const [index, item] of items.entries()) {
      under(walk, index, form, item);
      if (distinct && items.indexOf(item) < index) {
        const path = below(walk.path, index);
        walk.found.push({
          field: path,
          message: `${shown(item)} stands twice in ${nameOf(walk.path)}`,
          help: 'keep one of the two',
          fix: [{ field: path, remove: true }],
        });
      }
    }
  });
}

export function fields(forms: Readonly<Record<string, Form>>, needed: readonly string[] = []): Form {
  const all = Object.entries(forms);
  return ofType(isRecord, 'a mapping', (value, walk) => {
    for (const [key, form] of all) under(walk, key, form, value[key]);
    for (const key of needed) {
      if (isSet(value[key])) continue;
      const message = `${nameOf(walk.path)} has no ${key}`;
      walk.found.push({ field: below(walk.path, key), message, help: `give the ${key}` });
    }
  });
}

/** A map whose keys are for the author to choose. */
export function entries(key: Form, value: Form, most: number): Form {
  return ofType(isRecord, 'a mapping', (map, walk) => {
    const keys = Object.keys(map);
    if (keys.length > most) {
      const message = `${nameOf(walk.path)} has ${keys.length} entries, more than ${most}`;
      say(walk, { message, help: `keep ${most} at most` });
      return;
    }
    for (const name of keys) {
      under(walk, name, key, name);
      under(walk, name, value, map[name]);
    }
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return record(value) !== undefined;
}
