export { type PlannedClaim, type PlannedCluster, type PlannedFleet } from './app-state';
export { NetworkSynthesis } from './network-synthesis';
