import type { Problem } from '../finding/problem';
import type { FieldPath, ModelObject } from './source-object';

/** What a rule says about an object; the place is looked up from `field`. */
export interface Violation extends Problem {
  readonly on: ModelObject;
  readonly related?: readonly RelatedField[];
}

export interface RelatedField {
  readonly on: ModelObject;
  readonly field: FieldPath;
  /** What the rule compared, where that is not all of the field: a variable elsewhere in it does not matter. @default - all of it */
  readonly reads?: readonly FieldPath[];
  readonly message: string;
}
