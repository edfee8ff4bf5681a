import { at, below, type FieldPath, member } from '../../model';
import type { NetworkRule } from '../network-rule';
import { selectorProblems } from '../selector-problems';

/** ValidateLabelSelector of apimachinery. A label value that no label can have is refused in new policies. */
export const policySelectorInvalid: NetworkRule = {
  code: 'NL506',
  slug: 'policy-selector-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A label selector of a NetworkPolicy is one that the API server refuses',
  concernsReach: true,
  check(model, report) {
    for (const { object, rules } of model.networkPolicies) {
      const judge = (holder: unknown, path: FieldPath, field: string): void => {
        for (const problem of selectorProblems(member(holder, field), below(path, field))) {
          report({ on: object, ...problem });
        }
      };
      judge(member(object.manifest, 'spec'), ['spec'], 'podSelector');
      for (const { peers } of rules) {
        for (const { path } of peers) {
          const peer = at(object.manifest, ...path);
          judge(peer, path, 'podSelector');
          judge(peer, path, 'namespaceSelector');
        }
      }
    }
  },
};
