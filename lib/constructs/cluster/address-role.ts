/** What an address of a cluster is for. */
export enum AddressRole {
  /** Pods. */
  PODS = 'pods',
  /** ClusterIPs of Services. */
  SERVICES = 'services',
  /** Addresses of load balancers. */
  LOAD_BALANCERS = 'loadBalancers',
  /** Nodes. */
  NODES = 'nodes',
}
