import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Rule } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import { type FieldMap, NetworkSynthesis } from '../../synth';

/** What the synthesis has to know of one of our objects. */
export interface ObjectRegistration {
  readonly construct: IConstruct;
  /** The class that users instantiate: its constructor's frame hides ours when the line of user code is looked up. */
  readonly instantiated: NewableFunction;
  /** The rule that problems belong to unless they say another. */
  readonly rule?: Rule;
  /** Which props write the fields of its default child. */
  readonly fields?: FieldMap;
  /** Asked during validation, when the object has all that was added to it. */
  readonly problems?: () => readonly Problem[];
}

/** Lets an object take part in planning and checking. */
export function registerObject({
  construct,
  instantiated,
  rule,
  fields,
  problems = () => [],
}: ObjectRegistration): void {
  const synthesis = NetworkSynthesis.of(construct);
  synthesis.register(construct, instantiated);
  if (fields !== undefined) describeObject(ApiObject.of(construct), fields);
  synthesis.check(construct, () =>
    problems().flatMap(({ rule: own = rule, message, help }) => (own ? [{ rule: own, message, help }] : [])),
  );
}

/** Lets findings on an object speak of the props that wrote it, and of the line that made its construct. */
export function describeObject(object: ApiObject, fields: FieldMap): void {
  NetworkSynthesis.of(object).describe(object, fields);
}
