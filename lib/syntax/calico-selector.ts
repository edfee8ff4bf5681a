/** The selectors of Calico: `app == 'web' && !has(debug)` (libcalico-go, lib/selector/tokenizer and parser). An empty one is all(). */

/** Why Calico refuses a selector. */
export interface SelectorProblem {
  readonly message: string;
  readonly help: string;
}

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
): SelectorProblem | undefined {
  if (selector.length > longest) {
    return {
      message: `${field} has ${selector.length} characters, and at most ${longest} are allowed`,
      help: 'label the objects with what they have in common, and select that label',
    };
  }
  const unread = unreadPart(selector);
  if (unread !== undefined) {
    const { offset, expected, help } = unread;
    return {
      message:
        offset === selector.length
          ? `${field} ends where ${expected} should follow`
          : `${field} has ${shownPart(selector.slice(offset))} at character ${offset + 1}, where ${expected} should stand`,
      help,
    };
  }
  if (!usesGlobal(selector) || (mayBeGlobal && isGlobalAlone(selector))) return undefined;
  return mayBeGlobal
    ? { message: `${field} uses global() beside other conditions`, help: 'let global() stand alone, or leave it out' }
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
  return /^\s*global\(\s*\)\s*$/.test(selector);
}

const WHITE_SPACE = /\s*/y;
const NOT = /!(?!=)/y;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const JOIN = /&&|\|\|/y;
const CALL = /(?:has\(\s*[-\w./]+\s*|(?:all|global)\(\s*)\)/y;
const LABEL = /[-\w./]+/y;
const COMPARISON = /==|!=|contains|starts\s*with|ends\s*with/y;
const MEMBERSHIP = /(?:not\s*)?in/y;
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

function unreadPart(selector: string): UnreadPart | undefined {
  let offset = 0;
  let open = 0;
  const take = (token: RegExp): boolean => {
    token.lastIndex = offset;
    if (!token.test(selector)) return false;
    offset = token.lastIndex;
    WHITE_SPACE.lastIndex = offset;
    WHITE_SPACE.test(selector);
    offset = WHITE_SPACE.lastIndex;
    return true;
  };
  const condition = (): keyof typeof EXPECTED | undefined => {
    if (take(CALL)) return undefined;
    if (!take(LABEL)) return 'condition';
    if (take(COMPARISON)) return take(VALUE) ? undefined : 'value';
    if (!take(MEMBERSHIP)) return 'operator';
    if (!take(OPEN_SET)) return 'set';
    while (take(VALUE) && take(COMMA));
    return take(CLOSE_SET) ? undefined : 'set';
  };
  take(WHITE_SPACE);
  // A loop, since parentheses may be nested as deep as the selector is long.
  while (offset < selector.length || open > 0) {
    while (take(NOT));
    if (take(OPEN)) {
      open++;
      continue;
    }
    const missing = condition();
    if (missing !== undefined) return { offset, ...EXPECTED[missing] };
    while (open > 0 && take(CLOSE)) open--;
    if (take(JOIN)) {
      if (offset === selector.length) return { offset, ...EXPECTED.condition };
    } else if (open > 0) {
      return { offset, ...EXPECTED.close };
    } else if (offset < selector.length) {
      return { offset, ...EXPECTED.join };
    }
  }
  return undefined;
}
