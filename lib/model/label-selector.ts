import { list, member, text, textMap, texts } from './json';
import { concat } from './lists';

/** A `metav1.LabelSelector`: all of its labels and all of its expressions must hold. */
export interface LabelSelector {
  readonly labels: ReadonlyMap<string, string>;
  readonly expressions: readonly LabelExpression[];
}

export interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A missing or empty selector selects everything. */
export function readLabelSelector(value: unknown): LabelSelector {
  return {
    labels: textMap(member(value, 'matchLabels')),
    expressions: list(member(value, 'matchExpressions')).map((expression) => ({
      key: text(member(expression, 'key')) ?? '',
      operator: text(member(expression, 'operator')) ?? '',
      values: texts(member(expression, 'values')),
    })),
  };
}

/** `NotIn` holds for objects without the key; `Exists` looks at the key only (apimachinery, labels/selector.go). */
export function expressionHolds(expression: LabelExpression, labels: ReadonlyMap<string, string>): boolean {
  const value = labels.get(expression.key);
  switch (expression.operator) {
    case 'In':
      return value !== undefined && expression.values.includes(value);
    case 'NotIn':
      return value === undefined || !expression.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** As kubectl writes selectors: `app=web,tier in (a,b)`. */
export function labelSelectorText({ labels, expressions }: LabelSelector): string {
  const parts = concat(
    [...labels].map(([key, value]) => `${key}=${value}`),
    expressions.map(({ key, operator, values }) =>
      operator === 'Exists'
        ? key
        : operator === 'DoesNotExist'
          ? `!${key}`
          : `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`,
    ),
  );
  return parts.length === 0 ? 'all pods' : parts.join(',');
}
