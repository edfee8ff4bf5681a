import type { Finding } from '../finding/finding';
import type { Allocation, ClusterPlan, FreeSpace, HeldRange, LockChange } from '../plan';

/** What every format of a plan is printed from. */
export interface PlanResult {
  /** Sorted by name. */
  readonly clusters: readonly (readonly [string, ClusterPlan])[];
  readonly allocations: readonly Allocation[];
  readonly changes: readonly LockChange[];
  readonly free: readonly FreeSpace[];
  /** The keys of the lock before the plan. */
  readonly lockedKeys: ReadonlySet<string>;
  /** What the plan keeps clear of. */
  readonly holdings: readonly HeldRange[];
  /** Sorted. */
  readonly findings: readonly Finding[];
}
