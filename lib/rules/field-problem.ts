import type { FieldEdit } from '../finding/finding';
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

/** Something wrong with a field, before it is said of which object. */
export type FieldProblem = Omit<Violation, 'on'>;

/** The check of a rule that looks at each thing of one kind alone. */
export function checkEach<T extends { readonly object: ModelObject }>(
  things: (model: NetworkModel) => readonly T[],
  problemsOf: (thing: T, facts: ClusterFacts) => readonly FieldProblem[],
): NetworkRule['check'] {
  return (model, report) => {
    for (const thing of things(model)) {
      for (const problem of problemsOf(thing, model.facts)) report({ on: thing.object, ...problem });
    }
  };
}

/** Whether a field was written: `null` is the same as nothing to the API server. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** What the rule about types has to say, so that others say nothing of it. */
export function isNoList(value: unknown): boolean {
  return isSet(value) && !Array.isArray(value);
}

export function isNoMapping(value: unknown): boolean {
  return isSet(value) && record(value) === undefined;
}

export function isNoText(value: unknown): boolean {
  return isSet(value) && typeof value !== 'string';
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

/** What mends a problem; empty where that is for a person to say. */
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
