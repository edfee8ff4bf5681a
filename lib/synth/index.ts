export { type PlannedClaim, type PlannedCluster, type PlannedFleet, type Problem } from './app-state';
export type { FieldMap } from './field-map';
export { NetworkSynthesis } from './network-synthesis';
