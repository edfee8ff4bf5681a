export { connections, fromController, type Connection } from './connections';
export {
  ALL_CONNECTIONS,
  NO_CONNECTIONS,
  PROTOCOLS,
  type ConnectionSet,
  type ConnectionSets,
  type Protocol,
} from './connection-set';
export { entrances, INGRESS_CONTROLLER, type Entrance, type EntranceKind } from './entrances';
export { CLUSTER_DNS, EVERYTHING, readParty, readPort, type Filter, type Party, type ReadParty } from './filter';
export { reachWorkloads, type HostNetworkMode, type Pods, type ReachWorkload } from './pods';
export {
  solve,
  solveAmong,
  solveBounds,
  type Bounds,
  type Kind,
  type Reachability,
  type Row,
  type SolveOptions,
} from './solve';
export { endText, explain } from './explain';
export type { Change, DirectionExplanation, End, Explanation, PolicyExplanation, RuleExplanation } from './explanation';
export { checkExpectation, type Broken, type Expectation, type ExpectedParty, type ExpectedPort } from './expectations';
export { behindService, type BehindService, serviceMeant } from './through-service';
export { deciders, doubts, doubtsByWorkload, undecidedBy, type Bound } from './doubts';
export { expectationFindings, type WrittenExpectation } from './expectation-findings';
export { EXPECTATION_OF_NOBODY, EXPECTATION_RULES, EXPECTATION_UNDECIDED } from './rules';
