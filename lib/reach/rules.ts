import type { Rule } from '../finding/finding';

/** What expectations find. Codes are never reused for another meaning. */

export const EXPECTED_CONNECTION_BLOCKED: Rule = {
  code: 'NL701',
  slug: 'expected-connection-blocked',
  severity: 'error',
  title: 'A connection that must be possible is blocked by policies',
};

export const FORBIDDEN_CONNECTION_OPEN: Rule = {
  code: 'NL702',
  slug: 'forbidden-connection-open',
  severity: 'error',
  title: 'A connection that must not be possible is open',
};

export const EXPECTED_ISOLATION_MISSING: Rule = {
  code: 'NL703',
  slug: 'expected-isolation-missing',
  severity: 'error',
  title: 'Pods that must be isolated are selected by no policy',
};

export const REACHABLE_FROM_OUTSIDE: Rule = {
  code: 'NL704',
  slug: 'reachable-from-outside',
  severity: 'error',
  title: 'Pods that nothing outside may reach have a way in',
};

export const EXPECTATION_OF_NOBODY: Rule = {
  code: 'NL705',
  slug: 'expectation-of-nobody',
  severity: 'error',
  title: 'An expectation speaks of pods that do not exist',
};

export const EXPECTATION_UNDECIDED: Rule = {
  code: 'NL706',
  slug: 'expectation-undecided',
  severity: 'error',
  title: 'Whether an expectation holds cannot be decided',
};

/** All of them, sorted by code. */
export const EXPECTATION_RULES: readonly Rule[] = [
  EXPECTED_CONNECTION_BLOCKED,
  FORBIDDEN_CONNECTION_OPEN,
  EXPECTED_ISOLATION_MISSING,
  REACHABLE_FROM_OUTSIDE,
  EXPECTATION_OF_NOBODY,
  EXPECTATION_UNDECIDED,
];
