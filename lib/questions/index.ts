export type { Answer, Holder, QuestionKind, Verdict } from './answer';
export { isProblem, readQuery, type Query, type QueryProblem } from './query';
export type { ClusterSource, FleetSource, Sources } from './sources';
export { whois } from './whois';
export { DEFAULT_ZONE, zoneOf } from './whois-name';
export {
  capacity,
  zonesOf,
  type CapacityQuestion,
  type ClusterCapacity,
  type Resource,
  type ResourceCapacity,
  type Scenario,
} from './capacity';
export type { Mention } from './mentions';
