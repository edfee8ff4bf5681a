import type { FieldEdit, FindingDetails } from '../finding/finding';
import type { FieldPart, FieldPath, ModelObject } from './source-object';

/** What a rule says about an object; the place is looked up from `field`. */
export interface Violation extends Omit<FindingDetails, 'object' | 'origin' | 'related' | 'specPath' | 'fix'> {
  readonly on: ModelObject;
  readonly field: FieldPath;
  /** Which part of the field is wrong. @default 'value' */
  readonly part?: FieldPart;
  readonly related?: readonly RelatedField[];
  /** What mends it; paths are those of the object. Only where one answer is right. */
  readonly fix?: readonly FieldEdit[];
}

export interface RelatedField {
  readonly on: ModelObject;
  readonly field: FieldPath;
  /** What the rule compared, where that is not all of the field: a variable elsewhere in it is of no matter. @default - all of it */
  readonly reads?: readonly FieldPath[];
  readonly message: string;
}
