import type { Finding, ObjectRef } from '../finding/finding';
import type { ConnectionSets, Explanation } from '../reach';

export interface ExplainResult {
  readonly explanation: Explanation;
  /** In which the connections of the explanation are sets. */
  readonly sets: ConnectionSets;
  /** Policies that are not evaluated and may decide it. */
  readonly undecidedBy: readonly ObjectRef[];
  /** Why the policies that were evaluated do not decide alone; empty where they do. */
  readonly doubts: readonly string[];
  /** What is wrong with the input. */
  readonly findings: readonly Finding[];
}
