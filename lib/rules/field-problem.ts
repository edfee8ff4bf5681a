import type { FieldEdit } from '../finding/finding';
import type { Problem } from '../finding/problem';
import {
  below,
  type ClusterFacts,
  type FieldPath,
  flatMap,
  type ModelObject,
  type NetworkModel,
  record,
} from '../model';
import type { NetworkRule, Violation } from './network-rule';

/** The check of a rule that looks at each thing of one kind alone. */
export function checkEach<T extends { readonly object: ModelObject }>(
  things: (model: NetworkModel) => readonly T[],
  problemsOf: (thing: T, facts: ClusterFacts) => readonly Omit<Violation, 'on'>[],
): NetworkRule['check'] {
  return (model, report) => {
    for (const thing of things(model)) {
      for (const problem of problemsOf(thing, model.facts)) report({ on: thing.object, ...problem });
    }
  };
}

/** A problem of a part of an object, said of the object: its fields are those below the path. */
export function within(path: FieldPath, problem: Problem): Problem {
  const fix = problem.fix?.map((edit) => ({ ...edit, field: below(path, ...edit.field) }));
  return { ...problem, field: below(path, ...(problem.field ?? [])), ...(fix && { fix }) };
}

/** Whether a field was written: `null` is the same as nothing to the API server. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The rule about types reports it, so that others do not. */
export function isNoList(value: unknown): boolean {
  return isSet(value) && !Array.isArray(value);
}

export function isNoMapping(value: unknown): boolean {
  return isSet(value) && record(value) === undefined;
}

export function isNoText(value: unknown): boolean {
  return isSet(value) && typeof value !== 'string';
}

const TYPOGRAPHIC_QUOTES = /^[\u2018-\u201f\u00ab\u00bb\u2039\u203a]|[\u2018-\u201f\u00ab\u00bb\u2039\u203a]$/;

/** What to do about a text that is no key or value of a label. YAML takes the quotes of a word processor for a part of the text. */
export function labelHelp(text: string, rule: string): string {
  return TYPOGRAPHIC_QUOTES.test(text) ? 'typographic quotes are a part of the text: use straight ones, or none' : rule;
}

const SHOWN_LENGTH = 80;

/** A value of a manifest as it can stand in a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}… (${text.length} characters)`;
}

export function oneOf(words: readonly string[]): string {
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}

/** What fixes a problem; empty where that is for a person to say. */
export interface Mending {
  readonly fix?: readonly FieldEdit[];
}

export function setTo(field: FieldPath, value: string | number): Mending {
  return { fix: [{ field, set: value }] };
}

/** For a word that is wrong in its case only. */
export function inRightCase(field: FieldPath, value: unknown, words: readonly string[]): Mending {
  const meant = typeof value === 'string' ? words.filter((word) => word.toLowerCase() === value.toLowerCase()) : [];
  return meant.length === 1 ? setTo(field, meant[0]) : {};
}

/** For a port that was written as text. */
export function asPortNumber(field: FieldPath, value: unknown): Mending {
  const isPort = typeof value === 'string' && /^[1-9][0-9]{0,4}$/.test(value) && Number(value) <= 65535;
  return isPort ? setTo(field, Number(value)) : {};
}

/** For items of a list that say again what an item before them has said. */
export function withoutRepeated(field: FieldPath, items: readonly unknown[]): Mending {
  const repeated = flatMap(items, (item, index) =>
    typeof item === 'string' && items.indexOf(item) < index
      ? [{ field: below(field, index), remove: true as const }]
      : [],
  );
  return repeated.length === 0 ? {} : { fix: repeated };
}

/** For an empty text where the field must be absent. */
export function withoutEmpty(field: FieldPath, value: unknown): Mending {
  return value === '' ? { fix: [{ field, remove: true }] } : {};
}
