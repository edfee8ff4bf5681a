import { compareText } from '../finding/finding';
import type { Problem } from '../finding/problem';
import { below, concat, type FieldPath, flatMap, list, member, readIpAddress, readMaskedCidr, record } from '../model';
import { inRightCase, isSet, oneOf, shown } from './field-problem';
import { selectorProblems } from './selector-problems';

/** What the value of a field has to be: says what is wrong with a value at its path. Nothing is wrong with one that is absent. */
export type ValueForm = (value: unknown, path: FieldPath) => readonly Problem[];

export function mapping(fields: Readonly<Record<string, ValueForm>>, required: readonly string[] = []): ValueForm {
  const all = Object.entries(fields).map(([field, form]) => ({ field, form }));
  return (value, path) => {
    if (!isSet(value)) return [];
    if (record(value) === undefined) return [unfit(value, path, 'a mapping', 'write its fields below it')];
    const absent = required.filter((field) => !isSet(member(value, field)));
    const problems = flatMap(all, ({ field, form }) => {
      const inner = member(value, field);
      return isSet(inner) ? form(inner, below(path, field)) : [];
    });
    return absent.length === 0
      ? problems
      : concat(
          absent.map((field) => missing(below(path, field))),
          problems,
        );
  };
}

export function listOf(form: ValueForm, { least = 0, most = Infinity } = {}): ValueForm {
  return (value, path) => {
    if (!isSet(value)) return [];
    if (!Array.isArray(value)) return [unfit(value, path, 'a list', 'put a hyphen in front of each item')];
    const items = list(value);
    return concat(
      items.length < least
        ? [{ field: path, message: `${nameOf(path)} is empty`, help: 'name at least one, or leave the field out' }]
        : [],
      items.length > most
        ? [
            {
              field: path,
              message: `${nameOf(path)} has ${items.length} items, and at most ${most} are allowed`,
              help: 'spread them over several rules or objects',
            },
          ]
        : [],
      flatMap(items, (item, index) => form(item, below(path, index))),
    );
  };
}

export function wholeNumber(first = -Infinity, last = Infinity): ValueForm {
  const from = first === -Infinity ? '' : ` from ${first}`;
  const expected = `a whole number${from}${last === Infinity ? '' : ` to ${last}`}`;
  return (value, path) => {
    if (!isSet(value)) return [];
    if (typeof value === 'number' && Number.isInteger(value) && value >= first && value <= last) return [];
    const isQuoted = typeof value === 'string' && /^[0-9]+$/.test(value);
    return [unfit(value, path, expected, isQuoted ? 'write it without quotes' : `write ${expected}`)];
  };
}

export const PORT_NUMBER = wholeNumber(1, 65535);

export const AS_NUMBER = wholeNumber(1, 4294967295);

export const flag: ValueForm = (value, path) =>
  !isSet(value) || typeof value === 'boolean'
    ? []
    : [unfit(value, path, 'true or false', 'write true or false, without quotes')];

/** A text that is one of a few, in the case in which they stand here. */
export function word(...words: readonly string[]): ValueForm {
  return (value, path) => {
    if (!isSet(value) || words.some((known) => known === value)) return [];
    const mending = inRightCase(path, value, words);
    const help =
      typeof value === 'boolean'
        ? `write it in quotes: ${oneOf(words.map((known) => JSON.stringify(known)))}`
        : mending.fix === undefined
          ? `write ${oneOf(words)}`
          : `write ${oneOf(words)}: case matters`;
    return [{ ...unfit(value, path, oneOf(words), help), ...mending }];
  };
}

/** A text of some form, which `expected` describes: `an IP address`. */
export function textThat(isFit: (text: string) => boolean, expected: string): ValueForm {
  return (value, path) =>
    !isSet(value) || (typeof value === 'string' && isFit(value))
      ? []
      : [
          unfit(
            value,
            path,
            expected,
            typeof value === 'number' && isFit(String(value)) ? `put it in quotes: "${value}"` : `write ${expected}`,
          ),
        ];
}

interface TextLimits {
  /** What the text is, with its article: `a DNS name`. @default - a text */
  readonly what?: string;
  readonly help?: string;
  readonly pattern?: RegExp;
  readonly least?: number;
  readonly most?: number;
}

/** A text within the limits of a CRD: `minLength`, `maxLength` and `pattern`. */
export function textOf({ what = 'a text', help, pattern, least = 0, most = Infinity }: TextLimits = {}): ValueForm {
  return (value, path) => {
    if (!isSet(value)) return [];
    if (typeof value !== 'string') return [unfit(value, path, what, `write it in quotes if need be`)];
    if (value.length > most) {
      const message = `${nameOf(path)} has ${value.length} characters, and at most ${most} are allowed`;
      return [{ field: path, message, help: 'shorten it' }];
    }
    if (value.length >= least && pattern?.test(value) !== false) return [];
    return [unfit(value, path, what, help ?? `write ${what}`)];
  };
}

/** A mapping whose keys are for the author to choose. */
export function entries(key: ValueForm, value: ValueForm, most = Infinity): ValueForm {
  return (map, path) => {
    if (!isSet(map)) return [];
    const fields = record(map);
    if (fields === undefined) return [unfit(map, path, 'a mapping', 'write its fields below it')];
    const names = Object.keys(fields);
    if (names.length > most) {
      const message = `${nameOf(path)} has ${names.length} entries, and at most ${most} are allowed`;
      return [{ field: path, message, help: `keep ${most} at most` }];
    }
    return flatMap(Object.entries(fields), ([name, field]) =>
      concat(key(name, below(path, name)), value(field, below(path, name))),
    );
  };
}

export const ADDRESS = textThat((text) => readIpAddress(text) !== undefined, 'an IPv4 or IPv6 address');

/** Host bits are masked by whoever reads it. */
export const CIDR = textThat(
  (text) => readMaskedCidr(text) !== undefined,
  'a CIDR with its prefix length, such as 192.0.2.0/24',
);

export const IPV4_CIDR = textThat(
  (text) => readMaskedCidr(text)?.family === 'IPv4',
  'an IPv4 CIDR, such as 192.0.2.0/24',
);

export const IPV6_CIDR = textThat(
  (text) => readMaskedCidr(text)?.family === 'IPv6',
  'an IPv6 CIDR, such as 2001:db8::/32',
);

/** A CIDR, or an address alone, which is a range of one. */
export const CIDR_OR_ADDRESS = textThat(
  (text) => readMaskedCidr(text) !== undefined || readIpAddress(text) !== undefined,
  'a CIDR or an IP address',
);

/** The form of an address and what is more: all that they say. */
export function all(...forms: readonly ValueForm[]): ValueForm {
  return (value, path) => flatMap(forms, (form) => form(value, path));
}

/** An empty text is as good as none (omitempty). */
export function orEmpty(form: ValueForm): ValueForm {
  return (value, path) => (value === '' ? [] : form(value, path));
}

/** A list without items that say the same. */
export const distinct: ValueForm = (value, path) => {
  const seen = new Set<string>();
  return flatMap(list(value), (item, index) => {
    const key = canonical(item);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      {
        field: below(path, index),
        message: `${nameOf(path)} has ${typeof item === 'string' ? item : 'the same item'} twice`,
        help: 'leave one of them out',
        ...(record(item) === undefined && { fix: [{ field: below(path, index), remove: true as const }] }),
      },
    ];
  });
};

/** The order of keys means nothing, and a null is not there. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    const fields = record(inner);
    return fields === undefined
      ? inner
      : Object.fromEntries(
          Object.entries(fields)
            .filter(([, field]) => field !== null)
            .sort(([a], [b]) => compareText(a, b)),
        );
  });
}

export const LABEL_SELECTOR: ValueForm = (value, path) => selectorProblems(value, path);

export function missing(field: FieldPath): Problem {
  const holder = nameOf(field.slice(0, -1));
  return { field, message: `${holder} has no ${nameOf(field)}`, help: `add ${nameOf(field)}` };
}

function unfit(value: unknown, field: FieldPath, expected: string, help: string): Problem {
  return { field, message: `${nameOf(field)} is ${shown(value)}, and must be ${expected}`, help };
}

/** The field, and the list that an item is of. */
export function nameOf(path: FieldPath): string {
  const last = path.at(-1);
  if (typeof last !== 'number') return last ?? 'the object';
  return `item ${last + 1} of ${nameOf(path.slice(0, -1))}`;
}
