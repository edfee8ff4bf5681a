import { type FieldPath, record } from '../../model';
import { type FieldProblem, isSet, type Mending, setTo, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { type FieldForm, isListForm, type ScalarForm } from './fields/field-form';
import { KUBERNETES_FIELDS } from './fields/kubernetes';

/** Kinds whose forms another rule asks for. */
const OTHERS: ReadonlySet<string> = new Set(['NetworkPolicy']);

/** The API server decodes an object before it looks at anything in it (encoding/json into the types of k8s.io/api). */
export const fieldType: NetworkRule = {
  code: 'NL266',
  slug: 'field-type',
  fixable: true,
  severity: 'error',
  layer: 'object',
  decodes: true,
  title: 'A field has a value of another type than the API has',
  check(model, report) {
    for (const object of model.objects) {
      const { apiVersion, kind } = object.ref;
      const type = `${apiVersion} ${kind}`;
      if (!Object.hasOwn(KUBERNETES_FIELDS, type) || OTHERS.has(kind)) continue;
      const fields = KUBERNETES_FIELDS[type];
      for (const problem of formProblems(object.manifest, fields)) report({ on: object, ...problem });
    }
  },
};

const NONE: readonly FieldProblem[] = [];

export function formProblems(manifest: unknown, form: FieldForm): readonly FieldProblem[] {
  let problems: FieldProblem[] | undefined;
  // Changes on the way, so that the many objects that are right cost no array for each of their fields.
  const path: (string | number)[] = [];
  const visit = (value: unknown, expected: FieldForm): void => {
    if (expected === null || !isSet(value)) return;
    if (!hasForm(value, expected)) {
      (problems ??= []).push(otherForm(value, expected, [...path]));
    } else if (isListForm(expected)) {
      const items = value as readonly unknown[];
      for (let index = 0; index < items.length; index++) inside(index, items[index], expected[0]);
    } else if (typeof expected === 'object') {
      const fields = value as Readonly<Record<string, unknown>>;
      for (const field of Object.keys(fields)) {
        if (Object.hasOwn(expected, field)) inside(field, fields[field], expected[field]);
      }
    }
  };
  const inside = (key: string | number, value: unknown, expected: FieldForm): void => {
    path.push(key);
    visit(value, expected);
    path.pop();
  };
  visit(manifest, form);
  return problems ?? NONE;
}

function hasForm(value: unknown, form: Exclude<FieldForm, null>): boolean {
  if (isListForm(form)) return Array.isArray(value);
  switch (form) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return record(value) !== undefined;
  }
}

function otherForm(value: unknown, form: Exclude<FieldForm, null>, field: FieldPath): FieldProblem {
  const [expected, help] = isListForm(form)
    ? ['a list', listHelp(value)]
    : typeof form === 'object'
      ? ['a mapping', 'write its fields below it']
      : SCALARS[form](value);
  return {
    field,
    message: `${field.join('.')} is ${shown(value)}, which is not ${expected}`,
    help,
    ...(typeof form === 'string' && mending(value, form, field)),
  };
}

function listHelp(value: unknown): string {
  return record(value) === undefined
    ? 'write a list'
    : 'make it an item of a list: write a hyphen in front of its first field';
}

const SCALARS: Readonly<Record<ScalarForm, (value: unknown) => readonly [expected: string, help: string]>> = {
  text: (value) => [
    'text',
    typeof value === 'object' ? 'write one text' : `put it in quotes: "${JSON.stringify(value)}"`,
  ],
  number: (value) => [
    'a whole number',
    isWholeNumber(value) ? 'write the number without quotes' : 'write digits alone, without a unit',
  ],
  boolean: () => ['true or false', 'write true or false, without quotes'],
};

function mending(value: unknown, form: ScalarForm, field: FieldPath): Mending {
  if (form === 'number' && isWholeNumber(value)) return setTo(field, Number(value));
  if (form === 'text' && (typeof value === 'number' || typeof value === 'boolean')) {
    return { fix: [{ field, quote: true }] };
  }
  return {};
}

function isWholeNumber(value: unknown): value is string {
  return typeof value === 'string' && /^(0|-?[1-9][0-9]{0,8})$/.test(value);
}
