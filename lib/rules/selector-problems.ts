import type { Problem } from '../finding/problem';
import { below, concat, type FieldPath, flatMap, isLabelValue, isQualifiedName, list, member, record } from '../model';
import { nearestWord } from '../plan';
import { inRightCase, isSet, labelHelp, shown } from './field-problem';

const OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** ValidateLabelSelector of apimachinery. Labels whose value is no text are reported where the file is read. */
export function selectorProblems(
  selector: unknown,
  path: FieldPath,
  isKey: (key: string) => boolean = isQualifiedName,
): readonly Problem[] {
  if (selector === undefined) return [];
  const problems: Problem[] = [];
  const matchLabels = member(selector, 'matchLabels');
  const labels = record(matchLabels);
  if (isSet(matchLabels) && labels === undefined) {
    problems.push({
      field: below(path, 'matchLabels'),
      message: `matchLabels is ${shown(matchLabels)}, and must be a map of labels`,
      help: 'write matchLabels: { KEY: VALUE }',
    });
  }
  for (const [key, value] of Object.entries(labels ?? {})) {
    const isFine = isKey(key) && (typeof value !== 'string' || isLabelValue(value));
    if (isFine) continue;
    const field = below(path, 'matchLabels', key);
    problems.push(
      ...keyProblems(key, field, isKey).map((problem) => ({ ...problem, part: 'key' as const })),
      ...(typeof value === 'string' ? valueProblems(value, key, field) : []),
    );
  }
  for (const [index, expression] of list(member(selector, 'matchExpressions')).entries()) {
    problems.push(...expressionProblems(expression, below(path, 'matchExpressions', index), isKey));
  }
  return problems;
}

function expressionProblems(expression: unknown, path: FieldPath, isKey: (key: string) => boolean): readonly Problem[] {
  const operator = member(expression, 'operator');
  const values = list(member(expression, 'values'));
  return concat(
    keyProblems(member(expression, 'key'), below(path, 'key'), isKey),
    operatorProblems(operator, values, path),
    flatMap(values, (value, index) => valueProblems(value, member(expression, 'key'), below(path, 'values', index))),
  );
}

function operatorProblems(operator: unknown, values: readonly unknown[], path: FieldPath): readonly Problem[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length > 0) return [];
      return [
        {
          field: below(path, 'values'),
          message: `the operator ${operator} has no values`,
          help: `give at least one value, or use ${operator === 'In' ? 'Exists' : 'DoesNotExist'}, which looks at the key alone`,
        },
      ];
    case 'Exists':
    case 'DoesNotExist':
      if (values.length === 0) return [];
      return [
        {
          field: below(path, 'values'),
          message: `the operator ${operator} has values, and looks at the key alone`,
          help: `leave the values out, or use ${operator === 'Exists' ? 'In' : 'NotIn'}`,
        },
      ];
    default:
      return [
        {
          field: below(path, 'operator'),
          message: isSet(operator)
            ? `the operator ${shown(operator)} is not one of ${OPERATORS.join(', ')}`
            : 'the expression has no operator',
          help: isSet(operator) ? operatorHelp(operator) : `write one of ${OPERATORS.join(', ')}`,
          ...inRightCase(below(path, 'operator'), operator, OPERATORS),
        },
      ];
  }
}

const OTHER_OPERATORS: ReadonlyMap<unknown, string> = new Map([
  ['Equals', 'In'],
  ['Equal', 'In'],
  ['=', 'In'],
  ['==', 'In'],
  ['NotEquals', 'NotIn'],
  ['NotEqual', 'NotIn'],
  ['!=', 'NotIn'],
]);

function operatorHelp(operator: unknown): string {
  const meant =
    OTHER_OPERATORS.get(operator) ?? (typeof operator === 'string' ? nearestWord(operator, OPERATORS) : null);
  return meant === null ? 'write one of them' : `write ${meant}`;
}

function keyProblems(key: unknown, field: FieldPath, isKey: (key: string) => boolean): readonly Problem[] {
  if (typeof key === 'string' && isKey(key)) return [];
  return [
    {
      field,
      message: isSet(key) ? `${shown(key)} is not a label key` : 'the expression has no key',
      help: labelHelp(
        typeof key === 'string' ? key : '',
        'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash',
      ),
    },
  ];
}

function valueProblems(value: unknown, key: unknown, field: FieldPath): readonly Problem[] {
  // JSON null is an empty text to Go.
  if (value === null || (typeof value === 'string' && isLabelValue(value))) return [];
  return [
    {
      field,
      message: `${shown(value)} for ${typeof key === 'string' ? key : 'the key'} is not a label value`,
      help:
        typeof value === 'number' || typeof value === 'boolean'
          ? `put it in quotes: "${String(value)}"`
          : labelHelp(
              typeof value === 'string' ? value : '',
              'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last',
            ),
      ...((typeof value === 'number' || typeof value === 'boolean') && { fix: [{ field, quote: true }] }),
    },
  ];
}
