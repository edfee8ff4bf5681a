import type { Rule } from '../finding/finding';

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

/** What the rehearsal of a runbook finds. */

export const REHEARSAL_CONTROL_PLANE: Rule = {
  code: 'NL850',
  slug: 'rehearsal-control-plane-stops',
  severity: 'error',
  title: 'After a stage of a runbook the control plane does not start again',
};

export const REHEARSAL_UPGRADE: Rule = {
  code: 'NL851',
  slug: 'rehearsal-upgrade-undoes',
  severity: 'error',
  title: 'After a stage of a runbook the next kubeadm upgrade writes other flags',
};

export const REHEARSAL_NODE: Rule = {
  code: 'NL852',
  slug: 'rehearsal-node-without-addresses',
  severity: 'error',
  title: 'After a stage of a runbook the pods of a node get no addresses',
};

export const REHEARSAL_POD: Rule = {
  code: 'NL853',
  slug: 'rehearsal-pods-cut-off',
  severity: 'error',
  title: 'After a stage of a runbook pods do not reach each other',
};

export const REHEARSAL_DISRUPTION: Rule = {
  code: 'NL854',
  slug: 'rehearsal-disruption-unsaid',
  severity: 'error',
  title: 'A stage of a runbook interrupts more than it says',
};

export const REHEARSAL_CHECK: Rule = {
  code: 'NL855',
  slug: 'rehearsal-check-cannot-tell',
  severity: 'error',
  title: 'A check of a runbook passes without a look, or fails on a healthy cluster',
};

export const REHEARSAL_ORDER: Rule = {
  code: 'NL856',
  slug: 'rehearsal-look-missing',
  severity: 'error',
  title: 'A step of a runbook is not safe before something was looked for',
};

export const REHEARSAL_COMMAND: Rule = {
  code: 'NL857',
  slug: 'rehearsal-command-cannot-run',
  severity: 'error',
  title: 'A command of a runbook cannot be run on the cluster that it is for',
};

export const REHEARSAL_ROLLBACK: Rule = {
  code: 'NL858',
  slug: 'rehearsal-rollback-fails',
  severity: 'error',
  title: 'The way back of a stage of a runbook does not lead back',
};

export const REHEARSAL_UNKNOWN: Rule = {
  code: 'NL859',
  slug: 'rehearsal-command-unknown',
  severity: 'warning',
  title: 'Nobody knows what a command of a runbook does',
};

export const REHEARSAL_RULES: readonly Rule[] = [
  REHEARSAL_CONTROL_PLANE,
  REHEARSAL_UPGRADE,
  REHEARSAL_NODE,
  REHEARSAL_POD,
  REHEARSAL_DISRUPTION,
  REHEARSAL_CHECK,
  REHEARSAL_ORDER,
  REHEARSAL_COMMAND,
  REHEARSAL_ROLLBACK,
  REHEARSAL_UNKNOWN,
];

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
