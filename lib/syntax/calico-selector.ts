import type { Problem } from '../finding/problem';

/** The selectors of Calico: `app == 'web' && !has(debug)` (libcalico-go, lib/selector/tokenizer and parser). An empty one is all(). */

export interface SelectorLimits {
  readonly longest?: number;
  /** The field is the namespaceSelector of a rule, where `global()` may stand alone. */
  readonly mayBeGlobal?: boolean;
}

/** What the validator of libcalico-go says of the selector in a field (lib/validator/v3). */
export function selectorProblem(
  field: string,
  selector: string,
  { longest = Infinity, mayBeGlobal = false }: SelectorLimits = {},
): Problem | undefined {
  if (selector.length > longest) {
    return {
      message: `${field} has ${selector.length} characters, and at most ${longest} are allowed`,
      help: 'label the objects with what they have in common, and select that label',
    };
  }
  const { unread } = parsed(selector);
  if (unread !== undefined) {
    const { offset, expected, help } = unread;
    if (selector.charAt(offset) === '\n') {
      return {
        message: `${field} has a line break at character ${offset + 1}, and Calico reads one line`,
        help: 'write the selector in one line; in a YAML block, begin it with >- instead of | or >',
      };
    }
    return {
      message:
        offset === selector.length
          ? `${field} ends where ${expected} should follow`
          : `${field} has ${shownPart(selector.slice(offset))} at character ${offset + 1}, expected ${expected}`,
      help,
    };
  }
  if (!usesGlobal(selector) || (mayBeGlobal && isGlobalAlone(selector))) return undefined;
  return mayBeGlobal
    ? { message: `${field} uses global() beside other conditions`, help: 'use global() alone, or leave it out' }
    : {
        message: `${field} uses global(), which only the namespaceSelector of a rule of a policy may`,
        help: `use all(), or leave ${field} out`,
      };
}

const SHOWN_LENGTH = 24;

function shownPart(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}

function usesGlobal(selector: string): boolean {
  return /(?<![-\w./])global\(/.test(selector.replace(/'[^']*'|"[^"]*"/g, "''"));
}

function isGlobalAlone(selector: string): boolean {
  return /^[ \t]*global\([ \t]*\)[ \t]*$/.test(selector);
}

/** A line break is none (trimWhitespace). */
const WHITE_SPACE = /[ \t]*/y;
const NOT = /!(?!=)/y;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const JOIN = /&&|\|\|/y;
const CALL = /(?:has\([ \t]*([-\w./]+)[ \t]*|(all|global)\([ \t]*)\)/y;
const LABEL = /[-\w./]+/y;
const COMPARISON = /==|!=|contains|starts[ \t]*with|ends[ \t]*with/y;
const MEMBERSHIP = /(?:not[ \t]*)?in/y;
const VALUE = /'[^']*'|"[^"]*"/y;
const OPEN_SET = /\{/y;
const COMMA = /,/y;
const CLOSE_SET = /\}/y;

const EXPECTED = {
  condition: {
    expected: 'a condition',
    help: "write conditions as app == 'web', has(app) or all(), without a space before the parenthesis",
  },
  operator: {
    expected: 'an operator',
    help: 'compare a label with ==, !=, in, not in, contains, starts with or ends with; has(label) asks whether it is there',
  },
  value: { expected: 'a value in quotes', help: "put the value in quotes, as in app == 'web'" },
  set: { expected: 'values in braces', help: "list the values in braces and quotes, as in app in {'web', 'api'}" },
  join: { expected: '&&, || or the end', help: 'join conditions by && or ||' },
  close: { expected: '&&, || or a closing parenthesis', help: 'close each parenthesis that is opened' },
} satisfies Record<string, Omit<UnreadPart, 'offset'>>;

/** Where the selector stops making sense. */
interface UnreadPart {
  /** Counted from 0. */
  readonly offset: number;
  readonly expected: string;
  readonly help: string;
}

/** What a selector asks of one label, or of none: `all()`. */
interface Condition {
  readonly label: string | undefined;
  /** `all()` or `global()`. */
  readonly call?: string;
  /** The only values of the label with which it can hold, where it names them. */
  readonly values?: ReadonlySet<string>;
  /** Of the value of the label; undefined where it is absent. */
  readonly holds: (value: string | undefined) => boolean;
}

type Operator = '!' | '&&' | '||';

/** A selector that can be read. */
export interface CalicoSelector {
  /** The labels that it asks for. */
  readonly labels: ReadonlySet<string>;
  /** What it says, each operator after its operands, so that it may be nested as deep as it is long; nothing for all objects. */
  readonly terms: readonly (Condition | Operator)[];
}

export function readCalicoSelector(selector: string): CalicoSelector | undefined {
  const { terms, unread } = parsed(selector);
  if (unread !== undefined) return undefined;
  return { labels: labelsOf(terms), terms };
}

/**
 * The same of labels whose names begin with a prefix, as an object has those of its namespace. With a label
 * `scope`, all() is whatever has that, and global() whatever has not (libcalico-go, updateprocessors/rules.go).
 */
export function prefixed({ terms }: CalicoSelector, prefix: string, scope?: string): CalicoSelector {
  const scoped = terms.map((term): Condition | Operator => {
    if (typeof term === 'string') return term;
    if (term.label !== undefined) return { ...term, label: `${prefix}${term.label}` };
    if (scope === undefined) return term;
    const isGlobal = term.call === 'global';
    return { label: scope, holds: (value) => (value === undefined) === isGlobal };
  });
  return { labels: labelsOf(scoped), terms: scoped };
}

function labelsOf(terms: CalicoSelector['terms']): ReadonlySet<string> {
  return new Set(terms.flatMap((term) => (typeof term === 'string' ? [] : (term.label ?? []))));
}

/** Whether the selector selects an object with these labels (libcalico-go, lib/selector/parser/ast.go). */
export function selects({ terms }: CalicoSelector, labels: ReadonlyMap<string, string>): boolean {
  const results: boolean[] = [];
  for (const term of terms) {
    if (typeof term !== 'string') {
      results.push(term.holds(term.label === undefined ? undefined : labels.get(term.label)));
      continue;
    }
    const last = results.pop() === true;
    if (term === '!') {
      results.push(!last);
    } else {
      const first = results.pop() === true;
      results.push(term === '&&' ? first && last : first || last);
    }
  }
  return results.pop() ?? true;
}

/** A label, and the values of it without which a selector selects nothing. */
export interface AskedValues {
  readonly label: string;
  readonly values: ReadonlySet<string>;
}

/** For an index of what selectors can select; undefined where one names no value that it must have. */
export function askedValues({ terms }: CalicoSelector): AskedValues | undefined {
  const asked: (AskedValues | undefined)[] = [];
  for (const term of terms) {
    if (typeof term !== 'string') {
      const { label, values } = term;
      asked.push(label === undefined || values === undefined ? undefined : { label, values });
      continue;
    }
    const last = asked.pop();
    if (term === '!') {
      asked.push(undefined);
    } else {
      const first = asked.pop();
      asked.push(term === '&&' ? (first ?? last) : eitherOf(first, last));
    }
  }
  return asked.pop();
}

function eitherOf(a: AskedValues | undefined, b: AskedValues | undefined): AskedValues | undefined {
  if (a === undefined || a.label !== b?.label) return undefined;
  return { label: a.label, values: new Set([...a.values, ...b.values]) };
}

/** What is not equal, or not in a set, may be absent. */
type Comparison = (value: string | undefined, wanted: string) => boolean;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['==', (value, wanted) => value === wanted],
  ['!=', (value, wanted) => value !== wanted],
  ['contains', (value, wanted) => value?.includes(wanted) === true],
  ['startswith', (value, wanted) => value?.startsWith(wanted) === true],
  ['endswith', (value, wanted) => value?.endsWith(wanted) === true],
]);

interface Parsed {
  readonly terms: CalicoSelector['terms'];
  readonly unread?: UnreadPart;
}

function parsed(selector: string): Parsed {
  let offset = 0;
  const take = (token: RegExp): RegExpExecArray | undefined => {
    token.lastIndex = offset;
    const taken = token.exec(selector);
    if (taken === null) return undefined;
    WHITE_SPACE.lastIndex = token.lastIndex;
    WHITE_SPACE.test(selector);
    offset = WHITE_SPACE.lastIndex;
    return taken;
  };
  const condition = (): Condition | keyof typeof EXPECTED => {
    const call = take(CALL);
    if (call !== undefined) {
      const label = call.at(1);
      return { label, call: call.at(2), holds: (value) => label === undefined || value !== undefined };
    }
    const label = take(LABEL)?.[0];
    if (label === undefined) return 'condition';
    const comparison = take(COMPARISON);
    if (comparison !== undefined) {
      const compare = COMPARISONS.get(comparison[0].replace(/\s/g, ''));
      const wanted = take(VALUE)?.[0].slice(1, -1);
      if (wanted === undefined) return 'value';
      const holds: Condition['holds'] = (value) => compare?.(value, wanted) === true;
      return comparison[0] === '==' ? { label, values: new Set([wanted]), holds } : { label, holds };
    }
    const membership = take(MEMBERSHIP)?.[0];
    if (membership === undefined) return 'operator';
    if (!take(OPEN_SET)) return 'set';
    const set = new Set<string>();
    for (let value = take(VALUE); value !== undefined; value = take(COMMA) && take(VALUE))
      set.add(value[0].slice(1, -1));
    if (!take(CLOSE_SET)) return 'set';
    const isIn = (value: string | undefined): boolean => value !== undefined && set.has(value);
    return membership === 'in' ? { label, values: set, holds: isIn } : { label, holds: (value) => !isIn(value) };
  };
  const terms: (Condition | Operator)[] = [];
  /** Operators and parentheses whose last operand is still to come. */
  const waiting: (Operator | '(')[] = [];
  let open = 0;
  /** Those that bind their operand, which now stands there, closer than what follows. */
  const complete = (...operators: readonly Operator[]): void => {
    for (
      let last = waiting.at(-1);
      last !== undefined && last !== '(' && operators.includes(last);
      last = waiting.at(-1)
    ) {
      terms.push(last);
      waiting.pop();
    }
  };
  take(WHITE_SPACE);
  // A loop, since parentheses may be nested as deep as the selector is long.
  while (offset < selector.length || open > 0) {
    while (take(NOT)) waiting.push('!');
    if (take(OPEN)) {
      open++;
      waiting.push('(');
      continue;
    }
    const read = condition();
    if (typeof read === 'string') return { terms, unread: { offset, ...EXPECTED[read] } };
    terms.push(read);
    complete('!');
    while (open > 0 && take(CLOSE)) {
      complete('&&', '||');
      waiting.pop();
      open--;
      complete('!');
    }
    const join = take(JOIN)?.[0] as '&&' | '||' | undefined;
    if (join !== undefined) {
      if (offset === selector.length) return { terms, unread: { offset, ...EXPECTED.condition } };
      if (join === '||') complete('&&');
      waiting.push(join);
    } else if (open > 0) {
      return { terms, unread: { offset, ...EXPECTED.close } };
    } else if (offset < selector.length) {
      return { terms, unread: { offset, ...EXPECTED.join } };
    }
  }
  complete('&&', '||');
  return { terms };
}
