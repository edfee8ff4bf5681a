export { planDualStackMigration } from './dual-stack';
export type { DualStackInput } from './dual-stack-spec';
export { planLoadBalancerRangeChange } from './load-balancer-range';
export type { LoadBalancer, LoadBalancerRangeInput } from './load-balancer-range-spec';
export { planPodNetworkMigration } from './pod-network';
export type {
  Cni,
  Encapsulation,
  NodeGroupInput,
  PodNetworkInput,
  PodNetworkMigrationInput,
  PoolInput,
  RestartMethod,
} from './pod-network-spec';
export type { Planned } from './problem';
export * from './rules';
export {
  CLUSTER_KINDS,
  type CalicoApi,
  clusterFromObjects,
  clusterObjects,
  podRanges,
  type Cluster as RehearsedCluster,
  type Distribution,
  type Judge,
  lookPodProblems,
  rehearse,
  type Rehearsal,
  type RehearsedStage,
} from './rehearsal';
export type { Coexistence, Disruption, Manifest, Runbook, Stage, StageFile, Step, StepKind, Undo } from './runbook';
export { planServiceRangeExtension } from './service-range';
export type { ServiceRangeInput } from './service-range-spec';
export { RUNBOOK_FILE } from './runbook';
export { readRunbook } from './read-runbook';
