import type { FieldEdit, Rule, Severity } from '../finding/finding';

/** A finding in the making: the text of a document knows offsets, neither files nor objects. */
export interface Remark {
  readonly rule: Rule;
  /** The usual one of the rule unless set. */
  readonly severity?: Severity;
  readonly message: string;
  readonly help: string;
  /** Into the text of the document. */
  readonly offset: number;
  /** The value that it lies on: `['items', 3, 'spec']`. */
  readonly path: readonly (string | number)[];
  /** The header of the object that it lies on, if that is not the one that the document ends up as. */
  readonly lost?: unknown;
  /** Paths are those of the document. */
  readonly fix?: readonly FieldEdit[];
  readonly related?: readonly { readonly message: string; readonly offset: number }[];
}
