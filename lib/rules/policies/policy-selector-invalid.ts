import type { Problem } from '../../finding/problem';
import { at, below, type FieldPath, flatMap, isDnsLabel, isLabelValue, list, member } from '../../model';
import { shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { selectorProblems } from '../selector-problems';

/** ValidateLabelSelector of apimachinery. A label value that no label can have is refused in new policies. */
export const policySelectorInvalid: NetworkRule = {
  code: 'NL506',
  slug: 'policy-selector-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A label selector of a NetworkPolicy is one that the API server refuses, or that nothing can match',
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
          for (const problem of namespaceProblems(
            member(peer, 'namespaceSelector'),
            below(path, 'namespaceSelector'),
          )) {
            report({ on: object, ...problem });
          }
        }
      }
    }
  },
};

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The API server gives each namespace a label of its name, which is a DNS label (KEP-2161). What no label can be has been said. */
function namespaceProblems(selector: unknown, path: FieldPath): readonly Problem[] {
  const labels = below(path, 'matchLabels', NAMESPACE_NAME);
  const named: readonly { readonly value: unknown; readonly field: FieldPath }[] = [
    { value: at(selector, 'matchLabels', NAMESPACE_NAME), field: labels },
  ].concat(
    flatMap(list(member(selector, 'matchExpressions')), (expression, index) =>
      member(expression, 'key') === NAMESPACE_NAME && member(expression, 'operator') === 'In'
        ? list(member(expression, 'values')).map((value, place) => ({
            value,
            field: below(path, 'matchExpressions', index, 'values', place),
          }))
        : [],
    ),
  );
  return flatMap(named, ({ value, field }): readonly Problem[] => {
    if (typeof value !== 'string' || !isLabelValue(value) || isDnsLabel(value)) return [];
    return [
      {
        field,
        severity: 'warning',
        message: `no namespace can be called ${shown(value)}`,
        help: 'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
      },
    ];
  });
}
