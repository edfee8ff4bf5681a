import type { Finding } from '../finding/finding';
import type { ClusterCapacity } from '../questions';

/** What every format of a capacity is printed from. */
export interface CapacityResult {
  /** Sorted by name. */
  readonly clusters: readonly ClusterCapacity[];
  /** What reading found; sorted. */
  readonly findings: readonly Finding[];
}
