import type { Rule } from '../finding/finding';
import { REHEARSAL_RULES } from './rehearsal/rules';

/** What the planning of a migration finds, before anything is written. */

export const MIGRATION_VALUE: Rule = {
  code: 'NL840',
  slug: 'migration-value-invalid',
  severity: 'error',
  title: 'A value of a migration is not what it has to be',
};

export const MIGRATION_RANGE_TAKEN: Rule = {
  code: 'NL841',
  slug: 'migration-range-taken',
  severity: 'error',
  title: 'A range that a migration brings overlaps one that somebody has',
};

export const MIGRATION_TOO_SMALL: Rule = {
  code: 'NL842',
  slug: 'migration-too-small',
  severity: 'error',
  title: 'The target of a migration does not hold what runs',
};

export const MIGRATION_NODES_UNCOVERED: Rule = {
  code: 'NL843',
  slug: 'migration-nodes-uncovered',
  severity: 'error',
  title: 'No pool of the target gives addresses to some of the nodes',
};

export const MIGRATION_OVERLAPS_SOURCE: Rule = {
  code: 'NL844',
  slug: 'migration-overlaps-source',
  severity: 'error',
  title: 'The target of a migration overlaps its source',
};

export const MIGRATION_UNSUPPORTED: Rule = {
  code: 'NL845',
  slug: 'migration-unsupported',
  severity: 'error',
  title: 'A change that is known to fail on a running cluster',
};

export const MIGRATION_OUTSIDE_CLUSTER_CIDR: Rule = {
  code: 'NL846',
  slug: 'migration-outside-cluster-cidr',
  severity: 'error',
  title: 'A pool of the target lies outside of the cluster CIDR of the target',
};

export const MIGRATION_WITHOUT_CHANGE: Rule = {
  code: 'NL847',
  slug: 'migration-without-change',
  severity: 'error',
  title: 'The target of a migration is its source',
};

/** It may be the reason for the migration, but until the old range is free both parties have the same addresses. */
export const MIGRATION_SOURCE_SHARED: Rule = {
  code: 'NL848',
  slug: 'migration-source-shared',
  severity: 'warning',
  title: 'A range that is in use until the end of a migration overlaps one that somebody else has',
};

export const MIGRATION_ENCAPSULATION: Rule = {
  code: 'NL849',
  slug: 'migration-encapsulation-changes',
  severity: 'warning',
  title: 'A migration changes the encapsulation of a pool that is in use',
};

/** All of them, by code. */
export const MIGRATION_RULES: readonly Rule[] = [
  MIGRATION_VALUE,
  MIGRATION_RANGE_TAKEN,
  MIGRATION_TOO_SMALL,
  MIGRATION_NODES_UNCOVERED,
  MIGRATION_OVERLAPS_SOURCE,
  MIGRATION_UNSUPPORTED,
  MIGRATION_OUTSIDE_CLUSTER_CIDR,
  MIGRATION_WITHOUT_CHANGE,
  MIGRATION_SOURCE_SHARED,
  MIGRATION_ENCAPSULATION,
  ...REHEARSAL_RULES,
];
