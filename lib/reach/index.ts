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
export { EVERYTHING, readParty, readPort, type Filter, type Party, type ReadParty } from './filter';
export type { HostNetworkMode, Pods, ReachWorkload } from './pods';
export { solve, type Kind, type Reachability, type Row, type SolveOptions } from './solve';
