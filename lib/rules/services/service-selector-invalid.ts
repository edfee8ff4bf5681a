import type { Problem } from '../../finding/problem';
import { at, type FieldPath, flatMap, isLabelValue, isQualifiedName, record, type Service } from '../../model';
import { checkEach, isSet, labelHelp, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { hasInvisibleEnds } from '../../syntax/invisible-characters';

const FIELD: FieldPath = ['spec', 'selector'];
const SET_BASED: ReadonlySet<string> = new Set(['matchLabels', 'matchExpressions']);

/** `selector` is a map of labels, not a LabelSelector; a list does not decode, and what no label can be selects nothing (ValidateService). */
export const serviceSelectorInvalid: NetworkRule = {
  code: 'NL262',
  slug: 'service-selector-invalid',
  severity: 'error',
  title: 'The selector of a Service is no map of labels',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

function serviceProblems({ object }: Service): readonly Problem[] {
  const selector = at(object.manifest, ...FIELD);
  if (!isSet(selector)) return [];
  const labels = record(selector);
  if (labels === undefined) {
    return [
      { field: FIELD, message: `the selector is ${shown(selector)}`, help: 'write labels, such as { app: web }' },
    ];
  }
  return flatMap(Object.entries(labels), ([key, value]) => labelProblems(key, value));
}

function labelProblems(key: string, value: unknown): readonly Problem[] {
  const field = [...FIELD, key];
  if (SET_BASED.has(key) && typeof value === 'object') {
    return [
      {
        field,
        message: `a Service has no ${key}: its selector is the labels themselves`,
        help:
          key === 'matchLabels'
            ? 'write the labels directly under selector'
            : 'select by labels alone: a Service knows no expressions',
      },
    ];
  }
  if (hasInvisibleEnds(key) || (typeof value === 'string' && hasInvisibleEnds(value))) return [];
  if (!isQualifiedName(key)) {
    return [
      {
        field,
        part: 'key',
        message: `${shown(key)} is not a label key`,
        help: labelHelp(
          key,
          'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash',
        ),
      },
    ];
  }
  if (typeof value === 'object' && value !== null) {
    return [{ field, message: `the value of ${key} is ${shown(value)}`, help: 'a label has one text: write it' }];
  }
  // Any other value that is no text is reported where the file is read.
  if (typeof value !== 'string' || isLabelValue(value)) return [];
  return [
    {
      field,
      message: `${shown(value)} is not a label value, so that no pod has it`,
      help: labelHelp(
        value,
        'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last',
      ),
    },
  ];
}
