import { record } from '../../model';
import { type FieldProblem, type Mending, setTo, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { isListForm, type ScalarForm } from './fields/field-form';
import { strangeObjects, type StrangeValue } from './object-forms';

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
    for (const { object, kind, values } of strangeObjects(model)) {
      if (kind.api !== 'Kubernetes' || OTHERS.has(object.ref.kind)) continue;
      for (const value of values) report({ on: object, ...formProblem(value) });
    }
  },
};

export function formProblem({ path, value, form }: StrangeValue): FieldProblem {
  const [expected, help] = isListForm(form)
    ? ['a list', listHelp(value)]
    : typeof form === 'object'
      ? ['a mapping', 'write its fields below it']
      : SCALARS[form](value);
  return {
    field: path,
    message: `${path.join('.')} is ${shown(value)}, which is not ${expected}`,
    help,
    ...(typeof form === 'string' && mending(value, form, path)),
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

function mending(value: unknown, form: ScalarForm, field: StrangeValue['path']): Mending {
  if (form === 'number' && isWholeNumber(value)) return setTo(field, Number(value));
  if (form === 'text' && (typeof value === 'number' || typeof value === 'boolean')) {
    return { fix: [{ field, quote: true }] };
  }
  return {};
}

function isWholeNumber(value: unknown): value is string {
  return typeof value === 'string' && /^(0|-?[1-9][0-9]{0,8})$/.test(value);
}
