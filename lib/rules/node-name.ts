import type { Problem } from '../finding/problem';
import { type FieldPath, isDnsSubdomain } from '../model';
import { shown, withoutEmpty } from './field-problem';

/** ValidateNodeName of pkg/apis/core/validation. */
export function nodeNameProblems(name: unknown, field: FieldPath): readonly Problem[] {
  if (typeof name !== 'string' || isDnsSubdomain(name)) return [];
  return [
    {
      field,
      message: `nodeName ${shown(name)} is not the name of a Node`,
      help: 'use lower-case letters, digits, hyphens and dots, a letter or digit first and last, or leave it out',
      ...withoutEmpty(field, name),
    },
  ];
}
