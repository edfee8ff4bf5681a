export { addressMaps, type AddressMap, type BlockUse, type MapBlock } from './address-map';
export {
  assignServices,
  type AssignmentRequest,
  type Assignments,
  type TakenValue,
  type WantedPort,
  type WantedAssignment,
} from './assign';
export { allocationKey } from './claims';
export { COMPONENT_PORTS, type Component, usualComponentsIn } from './component-ports';
export { nearestWord } from './did-you-mean';
export { guessedPorts, type AskedPort, type GuessedPort } from './dry-run-ports';
export { DISRUPTIONS, disruptionOf, gravest, type Disruption, type DisruptionClass } from './disruption';
export type {
  Allocation,
  AllocationState,
  Capacity,
  ClusterPlan,
  FleetPlan,
  FreeSpace,
  PlanOptions,
} from './fleet-plan';
export { describeOwner, heldByOthers, type HeldRange } from './held-by-others';
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
export {
  describeClaim,
  findMisplacedRanges,
  findRangeConflicts,
  moreText,
  type RangeClaim,
  rangeText,
} from './range-conflicts';
export { readFleetSpec } from './read-spec';
export * from './rules';
export { isInShard, MOST_SHARDS, parseShard, type Shard, shardOf } from './shard';
export * from './spec';
export { nodePortStaticBand, reservedServiceAddresses, serviceStaticBand } from './static-bands';
export {
  type ComponentVersion,
  NFTABLES_SINCE,
  SERVICE_CIDRS_SINCE,
  SUPPORTED_MINORS,
  supportedVersions,
  type VersionedKind,
  writtenApis,
  writtenApiVersion,
} from './written-apis';
export { WELL_KNOWN_RANGES, type WellKnownRange } from './well-known-ranges';
