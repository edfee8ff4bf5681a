import type { IConstruct } from 'constructs';
import type { Rule } from '../../finding/finding';
import { NetworkSynthesis } from '../../synth';
import type { ObjectProblem } from './object-problem';

/** What the synthesis has to know of one of our objects. */
export interface ObjectRegistration {
  readonly construct: IConstruct;
  /** The class that users instantiate: its constructor's frame hides ours when the line of user code is looked up. */
  readonly instantiated: NewableFunction;
  /** The rule that problems belong to unless they say another. */
  readonly rule: Rule;
  /** Asked during validation, when the object has all that was added to it. */
  readonly problems: () => readonly ObjectProblem[];
}

/** Lets an object take part in planning and checking. */
export function registerObject({ construct, instantiated, rule, problems }: ObjectRegistration): void {
  const synthesis = NetworkSynthesis.of(construct);
  synthesis.register(construct, instantiated);
  synthesis.check(construct, () => problems().map((problem) => ({ rule, ...problem })));
}
