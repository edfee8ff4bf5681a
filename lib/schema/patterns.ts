import type { RE2JS } from 're2js';

/** Whether a text matches. Without `^` and `$` a part of it is enough. */
export type PatternTest = (text: string) => boolean;

const TESTS = new Map<string, PatternTest | undefined>();

/** Patterns are kept for every document of a run; input that has more of them is strange. */
const MOST_KEPT = 10_000;

/** A pattern as Go reads it. Undefined for what is none. */
export function patternTest(pattern: string): PatternTest | undefined {
  if (TESTS.has(pattern)) return TESTS.get(pattern);
  if (TESTS.size >= MOST_KEPT) TESTS.clear();
  const made = LIKE_GO.has(pattern) ? testOf(new RegExp(pattern)) : (EQUIVALENTS.get(pattern) ?? goTest(pattern));
  TESTS.set(pattern, made);
  return made;
}

function testOf(expression: RegExp): PatternTest {
  return (text) => expression.test(text);
}

/** What strangers write runs in linear time, which the expressions of JavaScript do not. */
function goTest(pattern: string): PatternTest | undefined {
  // It is loaded for what is rare.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { RE2JS: engine } = require('re2js') as { readonly RE2JS: typeof RE2JS };
  try {
    const compiled = engine.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch {
    return undefined;
  }
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DOMAIN = `${LABEL}(\\.${LABEL})*`;
const KEY_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]';
const PATH = "[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+";
const PERCENT_ENCODED = "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$";

/** Patterns of the known schemas and their rules that JavaScript reads as Go does, and that never go back far. A test tries them. */
export const LIKE_GO: ReadonlySet<string> = new Set([
  `^$|^${DOMAIN}$`,
  `^${LABEL}$`,
  `^${DOMAIN}$`,
  `^(${DOMAIN})$`,
  `^(\\*\\.)?${DOMAIN}$`,
  `^(${DOMAIN}/)?${KEY_NAME}$`,
  `^(System|(${DOMAIN}/${KEY_NAME}))$`,
  `^${DOMAIN}\\/${PATH}$`,
  '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$',
  "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$",
  '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
  '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
  PERCENT_ENCODED,
  '^[A-Za-z_][A-Za-z_0-9]*$',
  '^[a-z0-9_.-]+$',
  '^[a-zA-Z0-9_.:/-]+$',
]);

/** The same, in a form that JavaScript can read, or that does not go back. */
export const EQUIVALENTS: ReadonlyMap<string, PatternTest> = new Map([
  ['^\\PC*$', testOf(/^\P{C}*$/u)],
  ['^([-a-zA-Z0-9_]+[.]?)+$', testOf(/^[-a-zA-Z0-9_]+(?:[.][-a-zA-Z0-9_]+)*[.]?$/)],
  ['^([-a-zA-Z0-9_*]+[.]?)+$', testOf(/^[-a-zA-Z0-9_*]+(?:[.][-a-zA-Z0-9_*]+)*[.]?$/)],
  ['^[!-~]+([\\t ]?[!-~]+)*$', testOf(/^[!-~]+(?:[\t ][!-~]+)*$/)],
  [
    '^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$',
    testOf(/^\.?[a-zA-Z_][a-zA-Z_0-9]*(?:\.[a-zA-Z_][a-zA-Z_0-9]*)*$/),
  ],
]);
