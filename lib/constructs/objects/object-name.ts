import type { Problem } from '../../finding/problem';
import { isDnsLabel, isLabelValue, isQualifiedName } from '../../syntax/name-syntax';
import { shown } from './object-problem';

export function namespaceProblems(field: string, namespace: string): Problem[] {
  if (isDnsLabel(namespace)) return [];
  return [
    {
      message: `${field} ${shown(namespace)} is not a DNS label`,
      help: 'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
    },
  ];
}

export function labelProblems(what: string, labels: { readonly [key: string]: string }): Problem[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(isQualifiedName(key) ? [] : [qualifiedNameProblem(`${what} key`, key)]),
    ...(isLabelValue(value)
      ? []
      : [
          {
            message: `${what} ${key} has the value ${shown(value)}, which is not a label value`,
            help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last',
          },
        ]),
  ]);
}

function qualifiedNameProblem(what: string, text: string): Problem {
  return {
    message: `${what} ${shown(text)} is not a qualified name`,
    help: 'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash, such as example.com/name',
  };
}
