import type { Rule } from '../finding/finding';

/** What the planning phase finds. Codes are never reused for another meaning. */

export const RANGE_OVERLAP: Rule = {
  code: 'NL101',
  slug: 'range-overlap',
  severity: 'error',
  title: 'Two ranges that must be disjoint overlap',
};

export const NO_SPACE: Rule = {
  code: 'NL102',
  slug: 'no-space',
  severity: 'error',
  title: 'A claim does not fit into what is free in the supernets',
};

export const SPECIAL_PURPOSE_RANGE: Rule = {
  code: 'NL103',
  slug: 'special-purpose-range',
  severity: 'error',
  title: 'A range lies in address space that can never be used for it',
};

export const UNWISE_RANGE: Rule = {
  code: 'NL104',
  slug: 'unwise-range',
  severity: 'warning',
  title: 'A range lies in address space that is set aside for another purpose',
};

export const WELL_KNOWN_RANGE: Rule = {
  code: 'NL105',
  slug: 'well-known-range',
  severity: 'warning',
  title: 'A range lies where a container runtime, a CNI or a cloud puts its own by default',
};

export const NODE_MASK: Rule = {
  code: 'NL106',
  slug: 'node-mask',
  severity: 'error',
  title: 'The node CIDR mask does not suit the cluster CIDR',
};

export const PODS_PER_NODE: Rule = {
  code: 'NL107',
  slug: 'pods-per-node',
  severity: 'error',
  title: 'The pod CIDR of a node does not hold the pods of a node',
};

export const SERVICE_RANGE_SIZE: Rule = {
  code: 'NL108',
  slug: 'service-range-size',
  severity: 'error',
  title: 'A service CIDR is smaller or larger than Kubernetes accepts',
};

export const FAMILY_ORDER: Rule = {
  code: 'NL109',
  slug: 'family-order',
  severity: 'error',
  title: 'The ranges of a cluster do not follow its IP families',
};

export const SUPERNET_OVERLAP: Rule = {
  code: 'NL111',
  slug: 'supernet-overlap',
  severity: 'error',
  title: 'A supernet is listed twice or lies inside another',
};

export const FAMILY_WITHOUT_SUPERNET: Rule = {
  code: 'NL112',
  slug: 'family-without-supernet',
  severity: 'error',
  title: 'A cluster asks for addresses of a family that no supernet has',
};

export const RANGE_TOO_SMALL: Rule = {
  code: 'NL113',
  slug: 'range-too-small',
  severity: 'error',
  title: 'An explicit range does not hold what the cluster asks for',
};

export const LOCK_CONFLICT: Rule = {
  code: 'NL120',
  slug: 'lock-conflict',
  severity: 'error',
  title: 'An allocation in the lock cannot stay as it is',
};

export const LOCK_GROW: Rule = {
  code: 'NL121',
  slug: 'lock-grow',
  severity: 'error',
  title: 'A claim outgrew its allocation and cannot be extended in place',
};

export const STATIC_BAND_FULL: Rule = {
  code: 'NL122',
  slug: 'static-band-full',
  severity: 'error',
  title: 'No address or port is left for a planned assignment',
};

export const LOCK_FROZEN: Rule = {
  code: 'NL123',
  slug: 'lock-frozen',
  severity: 'error',
  title: 'The lock would change although it is frozen',
};

export const INVALID_SPEC_VALUE: Rule = {
  code: 'NL901',
  slug: 'invalid-spec-value',
  severity: 'error',
  title: 'A value of the spec is not what it has to be',
};

export const UNKNOWN_KEY: Rule = {
  code: 'NL902',
  slug: 'unknown-key',
  severity: 'error',
  title: 'A key of the spec is not known',
};

export const LOCK_UNREADABLE: Rule = {
  code: 'NL903',
  slug: 'lock-unreadable',
  severity: 'error',
  title: 'The lock cannot be read',
};

export const UNREADABLE_SPEC: Rule = {
  code: 'NL904',
  slug: 'unreadable-spec',
  severity: 'error',
  title: 'The spec cannot be read',
};

/** All of them, sorted by code. */
export const PLAN_RULES: readonly Rule[] = [
  RANGE_OVERLAP,
  NO_SPACE,
  SPECIAL_PURPOSE_RANGE,
  UNWISE_RANGE,
  WELL_KNOWN_RANGE,
  NODE_MASK,
  PODS_PER_NODE,
  SERVICE_RANGE_SIZE,
  FAMILY_ORDER,
  SUPERNET_OVERLAP,
  FAMILY_WITHOUT_SUPERNET,
  RANGE_TOO_SMALL,
  LOCK_CONFLICT,
  LOCK_GROW,
  STATIC_BAND_FULL,
  LOCK_FROZEN,
  INVALID_SPEC_VALUE,
  UNKNOWN_KEY,
  LOCK_UNREADABLE,
  UNREADABLE_SPEC,
];
