export { CLUSTER_KINDS, clusterObjects, podRanges } from './objects';
export type * from './cluster';
export { type LookPod, lookPodProblems } from './look-pod';
export { type Judge, rehearse, type Rehearsal, type RehearsedStage } from './rehearse';
export { clusterFromObjects } from './read-state';
