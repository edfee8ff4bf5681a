export {
  assignServices,
  type AssignmentRequest,
  type Assignments,
  type TakenValue,
  type WantedAssignment,
} from './assign';
export { allocationKey } from './claims';
export { nearestWord } from './did-you-mean';
export type {
  Allocation,
  AllocationState,
  Capacity,
  ClusterPlan,
  FleetPlan,
  FreeSpace,
  PlanOptions,
} from './fleet-plan';
export {
  ASSIGNMENT_KINDS,
  EMPTY_LOCK,
  formatLock,
  isFleetKey,
  parseLock,
  type AssignmentKind,
  type Lock,
  type LockChange,
} from './lock';
export { planAddresses } from './plan';
export { describeClaim, findMisplacedRanges, findRangeConflicts, type RangeClaim } from './range-conflicts';
export { readFleetSpec } from './read-spec';
export * from './rules';
export * from './spec';
export { nodePortStaticBand, reservedServiceAddresses, serviceStaticBand } from './static-bands';
export { WELL_KNOWN_RANGES, type WellKnownRange } from './well-known-ranges';
