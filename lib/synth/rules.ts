import type { Rule } from '../finding/finding';

/** A planned value needs the ranges of a cluster. */
export const PLANNED_OUTSIDE_CLUSTER: Rule = {
  code: 'NL124',
  slug: 'planned-outside-cluster',
  severity: 'error',
  title: 'A planned value is asked for outside of every cluster',
};

/** Allocations are told apart by the name of their cluster. */
export const CLUSTER_NAME_REUSED: Rule = {
  code: 'NL125',
  slug: 'cluster-name-reused',
  severity: 'error',
  title: 'Two clusters of an app have the same name',
};

/** Two apps of one process would each remove the allocations of the other. */
export const LOCK_SHARED: Rule = {
  code: 'NL126',
  slug: 'lock-shared',
  severity: 'error',
  title: 'Two apps with different clusters use one lock file',
};

/** Something in the app threw while it was rendered. */
export const UNRENDERABLE_OBJECT: Rule = {
  code: 'NL905',
  slug: 'unrenderable-object',
  severity: 'error',
  title: 'An object cannot be rendered',
};

export const LOCK_NOT_SAVED: Rule = {
  code: 'NL906',
  slug: 'lock-not-saved',
  severity: 'error',
  title: 'The lock file cannot be written',
};

/** All of them, sorted by code. */
export const SYNTH_RULES: readonly Rule[] = [
  PLANNED_OUTSIDE_CLUSTER,
  CLUSTER_NAME_REUSED,
  LOCK_SHARED,
  UNRENDERABLE_OBJECT,
  LOCK_NOT_SAVED,
];
