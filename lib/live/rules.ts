import type { Rule } from '../finding/finding';

/** What somebody may not see is missing from every answer, and nobody would notice. */
export const NOT_PERMITTED: Rule = {
  code: 'NL950',
  slug: 'live-not-permitted',
  severity: 'warning',
  title: 'Objects of a running cluster may not be read',
};

export const NOT_READ: Rule = {
  code: 'NL951',
  slug: 'live-not-read',
  severity: 'error',
  title: 'Objects of a running cluster could not be read',
};

export const LIVE_RULES: readonly Rule[] = [NOT_PERMITTED, NOT_READ];
