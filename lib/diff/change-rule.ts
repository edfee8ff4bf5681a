import { finding, type Finding, type Rule } from '../finding/finding';
import type { FieldPath, ModelObject } from '../model';
import type { Violation } from '../model/violation';
import type { ModelChange, ObjectPair } from './model-change';

/** What a rule says about an object of one of the two states. None can be fixed in place. */
type ChangeViolation = Omit<Violation, 'fix'>;

/** A rule over two states of a cluster. An error is what the API server refuses, a warning what interrupts. */
export interface ChangeRule extends Rule {
  readonly check: (change: ModelChange, report: (violation: ChangeViolation) => void) => void;
}

export function runChangeRules(rules: readonly ChangeRule[], change: ModelChange): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    rule.check(change, ({ related = [], ...violation }) => {
      findings.push(
        finding(rule, {
          ...violation,
          object: violation.on.ref,
          origin: violation.on.locate(violation.field ?? []),
          related: related.map(({ on, field, message }) => ({ object: on.ref, origin: on.locate(field), message })),
        }),
      );
    });
  }
  return findings;
}

/** On the new state of an object, with the old one beside it. */
export function changed(
  { before, after }: ObjectPair,
  field: FieldPath,
  details: Pick<Violation, 'message' | 'help' | 'severity'>,
): ChangeViolation {
  return { on: after, field, ...details, related: [{ on: before, field, message: 'before the change' }] };
}

export const isKind = (object: ModelObject, apiVersion: RegExp, kind: string): boolean =>
  object.ref.kind === kind && apiVersion.test(object.ref.apiVersion);
