import type { Finding, ObjectRef } from '../finding/finding';
import type { ConnectionSets, Explanation } from '../reach';

export interface ExplainResult {
  readonly explanation: Explanation;
  /** In which the connections of the explanation are sets. */
  readonly sets: ConnectionSets;
  /** Policies of other APIs that may decide it: what the explanation says holds only as far as none of them does. @default - none */
  readonly undecidedBy?: readonly ObjectRef[];
  /** What is wrong with the input. */
  readonly findings: readonly Finding[];
}
