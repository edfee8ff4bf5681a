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
  /** The Service that was named, and what is behind it. @default - a workload or an address was named */
  readonly service?: string;
  /** What is wrong with the input. */
  readonly findings: readonly Finding[];
}
