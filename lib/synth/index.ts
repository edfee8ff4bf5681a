export { type PlannedClaim, type PlannedCluster, type PlannedFleet } from './app-state';
export type { FieldMap } from './field-map';
export { NetworkSynthesis } from './network-synthesis';
