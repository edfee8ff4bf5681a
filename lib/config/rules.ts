import type { Rule } from '../finding/finding';

export const INVALID_CONFIG: Rule = {
  code: 'NL970',
  slug: 'invalid-config',
  severity: 'error',
  title: 'netloom.yaml, or an option, has a value that is not understood',
};

/** All of them, sorted by code. */
export const CONFIG_RULES: readonly Rule[] = [INVALID_CONFIG];
