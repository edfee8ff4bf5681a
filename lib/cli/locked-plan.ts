import type { PlanResult } from '../output/plan-result';
import type { Lock } from '../plan';
import type { LockFile } from '../synth/lock-file';

/** A plan, and what is needed to save its lock. */
export interface LockedPlan extends PlanResult {
  readonly lockFile: LockFile;
  readonly lock: Lock;
}
