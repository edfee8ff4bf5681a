export { CLUSTER_KINDS, clusterObjects, podRanges } from './objects';
export type * from './cluster';
export { type Judge, rehearse, type Rehearsal, type RehearsedStage } from './rehearse';
export { clusterFromObjects } from './read-state';
