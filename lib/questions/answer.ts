import type { ObjectRef, Origin } from '../finding/finding';
import type { Mention } from './mentions';

export type QuestionKind = 'address' | 'port' | 'host' | 'name';

/**
 * - `taken`: an object, a reservation or the lock has exactly what was asked for
 * - `allocated`: it lies in a range that somebody has, and nothing has it alone
 * - `free`: Netloom may allocate it, and nobody has it
 * - `unknown`: nothing that was read says anything about it
 */
export type Verdict = 'taken' | 'allocated' | 'free' | 'unknown';

/** Somebody or something that has what was asked for, or a part of it. */
export interface Holder {
  /** In the field's own words: `supernet`, `reservation`, `services`, `static band`, `IP pool`, `Service`. */
  readonly what: string;
  /** Its name or its range. */
  readonly name: string;
  readonly cluster: string | null;
  readonly object: ObjectRef | null;
  readonly origin: Origin | null;
  /** What else there is to know; empty for nothing. */
  readonly detail: string;
  /** What has it further in. */
  readonly holds: readonly Holder[];
}

/** Who has it, from the outside in. */
export interface Answer {
  readonly query: string;
  readonly kind: QuestionKind;
  readonly verdict: Verdict;
  /** One sentence without a full stop. */
  readonly summary: string;
  readonly holders: readonly Holder[];
  /** The largest free CIDR around an address, or the next free port; null where there is none. */
  readonly free: string | null;
  readonly neighbours: { readonly before: Holder | null; readonly after: Holder | null };
  /** What taking it would collide with. */
  readonly conflicts: readonly string[];
  /** What may have been meant. */
  readonly suggestions: readonly string[];
  /** Objects that name the addresses without having them. Of addresses only. */
  readonly mentions?: readonly Mention[];
}

/** A holder with only what is given. */
export function holder(what: string, name: string, rest: Partial<Holder> = {}): Holder {
  return { what, name, cluster: null, object: null, origin: null, detail: '', holds: [], ...rest };
}

export const NO_NEIGHBOURS: Answer['neighbours'] = { before: null, after: null };
