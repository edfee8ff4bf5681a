import type { Rule } from '../finding/finding';

/** A planned value needs the ranges of a cluster. */
export const PLANNED_OUTSIDE_CLUSTER: Rule = {
  code: 'NL124',
  slug: 'planned-outside-cluster',
  severity: 'error',
  title: 'A planned value is requested outside of every cluster',
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

/** The second would overwrite the first. */
export const FILE_PATH_REUSED: Rule = {
  code: 'NL127',
  slug: 'file-path-reused',
  severity: 'error',
  title: 'Two constructs write one file',
};

/** Files stay below the output folder, and where `kubectl apply` does not read them. */
export const FILE_PATH_INVALID: Rule = {
  code: 'NL128',
  slug: 'file-path-invalid',
  severity: 'error',
  title: 'A file is to be written where none may be',
};

export const FILE_NOT_WRITTEN: Rule = {
  code: 'NL129',
  slug: 'file-not-written',
  severity: 'error',
  title: 'A file of the output folder cannot be written',
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

/** `constructs` refuses it where the second one is made. */
export const CONSTRUCT_ID_REUSED: Rule = {
  code: 'NL907',
  slug: 'construct-id-reused',
  severity: 'error',
  title: 'Two constructs of one scope have the same id',
};

/** All of them, sorted by code. */
export const SYNTH_RULES: readonly Rule[] = [
  PLANNED_OUTSIDE_CLUSTER,
  CLUSTER_NAME_REUSED,
  LOCK_SHARED,
  FILE_PATH_REUSED,
  FILE_PATH_INVALID,
  FILE_NOT_WRITTEN,
  UNRENDERABLE_OBJECT,
  LOCK_NOT_SAVED,
  CONSTRUCT_ID_REUSED,
];
