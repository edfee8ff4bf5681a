import type { Origin, SpecPath } from '../finding/finding';
import type { NetworkModel } from '../model';
import type { FleetPlan, FleetSpec, Lock } from '../plan';

/** A planned fleet with its lock. */
export interface FleetSource {
  readonly spec: FleetSpec;
  readonly plan: FleetPlan;
  /** As it is in the file: what is planned for single Services stands in it too. */
  readonly lock: Lock;
  /** Where a value of the spec was written. */
  readonly locate: (path: SpecPath) => Origin | null;
}

/** The objects of one cluster. */
export interface ClusterSource {
  /** Its name in the fleet; null where there is no fleet, or for objects outside of every cluster. */
  readonly name: string | null;
  readonly model: NetworkModel;
}

/** What questions are answered from. */
export interface Sources {
  readonly fleets: readonly FleetSource[];
  readonly clusters: readonly ClusterSource[];
}
