export { CLUSTER_KINDS, clusterObjects, podRanges } from './objects';
export type * from './cluster';
export { type Judge, rehearse, type Rehearsal, type RehearsedStage } from './rehearse';
export { REHEARSAL_RULES } from './rules';
export { clusterFromObjects } from './read-state';
