import type { ClusterFacts, ModelObject, NetworkModel } from '../model';
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

/** No-break spaces and their like at an end, which whoever reads the file reports. */
export function endsInvisibly(text: string): boolean {
  return /^[^\x20-\x7e]|[^\x20-\x7e]$/.test(text);
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
