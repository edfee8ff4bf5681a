import type { NetworkRule } from '../network-rule';
import { hasOwnRule, structureProblemsOf } from '../structure/structure-problems';

/**
 * The structural schemas of CustomResourceDefinitions and their rules in CEL: those of the input, whatever the group, and those of the
 * Network Policy API and of kinds of Gateway API that no rule judges in words of its own.
 */
export const schemaMismatch: NetworkRule = {
  code: 'NL946',
  slug: 'schema-mismatch',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An object does not fit the schema of its CustomResourceDefinition',
  check(model, report) {
    for (const { object, problems } of structureProblemsOf(model, (each, kind) => !hasOwnRule(each, kind))) {
      for (const problem of problems) report({ on: object, ...problem });
    }
  },
};
