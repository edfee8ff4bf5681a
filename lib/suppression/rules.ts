import type { Rule } from '../finding/finding';

export const MALFORMED_SUPPRESSION: Rule = {
  code: 'NL960',
  slug: 'malformed-suppression',
  severity: 'error',
  title: 'A suppression names no rule, or gives no reason',
};

export const UNUSED_SUPPRESSION: Rule = {
  code: 'NL961',
  slug: 'unused-suppression',
  severity: 'warning',
  title: 'A suppression suppresses nothing',
};

export const EXPIRED_SUPPRESSION: Rule = {
  code: 'NL962',
  slug: 'expired-suppression',
  severity: 'warning',
  title: 'A suppression is past its date',
};

/** All of them, sorted by code. */
export const SUPPRESSION_RULES: readonly Rule[] = [MALFORMED_SUPPRESSION, UNUSED_SUPPRESSION, EXPIRED_SUPPRESSION];
