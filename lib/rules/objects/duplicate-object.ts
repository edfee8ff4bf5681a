import type { NetworkRule } from '../network-rule';

/** The API server keeps one object of a kind and name in a namespace: of two, the one applied last wins. */
export const duplicateObject: NetworkRule = {
  code: 'NL910',
  slug: 'duplicate-object',
  severity: 'error',
  title: 'An object is defined twice',
  concernsReach: true,
  check(model, report) {
    for (const { object, first } of model.repeated) {
      report({
        on: object,
        field: ['metadata', 'name'],
        message: 'this object is defined twice: the one that is applied last replaces the other',
        related: [{ on: first, field: ['metadata', 'name'], message: 'first defined here' }],
        help: 'rename one of them, or remove it',
      });
    }
  },
};
