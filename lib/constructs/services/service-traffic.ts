/** How many IP families a Service has (`spec.ipFamilyPolicy`). */
export enum IpFamilyPolicy {
  /** One family. */
  SINGLE_STACK = 'SingleStack',
  /** Two families on a dual-stack cluster, one elsewhere. */
  PREFER_DUAL_STACK = 'PreferDualStack',
  /** Two families; refused by a cluster that has only one. */
  REQUIRE_DUAL_STACK = 'RequireDualStack',
}

/** Which endpoints traffic may go to (`spec.internalTrafficPolicy`, `spec.externalTrafficPolicy`). */
export enum TrafficPolicy {
  /** All endpoints of the cluster. */
  CLUSTER = 'Cluster',
  /** Endpoints of the node that the traffic is on; it is dropped where there are none. External traffic keeps its source address. */
  LOCAL = 'Local',
}

/** Which endpoints are preferred (`spec.trafficDistribution`). */
export enum TrafficDistribution {
  /** Endpoints in the client's zone. Kubernetes 1.31 and later; since 1.34 the old name of `PREFER_SAME_ZONE`. */
  PREFER_CLOSE = 'PreferClose',
  /** Endpoints in the client's zone (KEP-3015). Kubernetes 1.34 and later. */
  PREFER_SAME_ZONE = 'PreferSameZone',
  /** Endpoints on the client's node, else in its zone (KEP-3015). Kubernetes 1.34 and later. */
  PREFER_SAME_NODE = 'PreferSameNode',
}
