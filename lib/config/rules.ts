import type { Rule } from '../finding/finding';

export const INVALID_CONFIG: Rule = {
  code: 'NL970',
  slug: 'invalid-config',
  severity: 'error',
  title: 'netloom.yaml, or an option, has a value that is not understood',
};

/** A manifest is applied to one cluster. */
export const FILE_OF_TWO_CLUSTERS: Rule = {
  code: 'NL971',
  slug: 'file-of-two-clusters',
  severity: 'error',
  title: 'A file belongs to two clusters of netloom.yaml',
};

/** All of them, sorted by code. */
export const CONFIG_RULES: readonly Rule[] = [INVALID_CONFIG, FILE_OF_TWO_CLUSTERS];
