import type { IpFamily } from '../cluster/ip-family';
import type { NamespacedObjectProps } from '../objects/object-props';
import type { LabelledPods } from '../pods/pods';
import type { ClusterIp } from './cluster-ip';
import type { IpFamilyPolicy, TrafficDistribution, TrafficPolicy } from './service-traffic';
import type { SessionAffinity } from './session-affinity';

/** Props of every Service that has an address of its own in the cluster. */
export interface VirtualIpServiceProps extends NamespacedObjectProps {
  /**
   * How the Service comes to its cluster address.
   *
   * @default ClusterIp.dynamic()
   */
  readonly clusterIp?: ClusterIp;

  /**
   * The families of its addresses, the primary one first. The primary one cannot be changed later.
   *
   * @default - the primary family of the cluster
   */
  readonly ipFamilies?: IpFamily[];

  /**
   * One family or two.
   *
   * @default - `REQUIRE_DUAL_STACK` when two families or two cluster addresses are given, else the API server's choice, which is one family
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;

  /**
   * Whether connections of one client go to one pod.
   *
   * @default SessionAffinity.none()
   */
  readonly sessionAffinity?: SessionAffinity;

  /**
   * Which endpoints traffic from inside of the cluster may go to.
   *
   * @default TrafficPolicy.CLUSTER
   */
  readonly internalTrafficPolicy?: TrafficPolicy;

  /**
   * Which endpoints are preferred. Kubernetes 1.31 and later.
   *
   * @default - none
   */
  readonly trafficDistribution?: TrafficDistribution;

  /**
   * Whether endpoints count that are not ready.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: boolean;

  /**
   * Addresses outside of the cluster whose traffic the nodes take when it reaches them. Deprecated since Kubernetes
   * 1.36 (KEP-5707).
   *
   * @default - none
   */
  readonly externalIps?: string[];

  /**
   * Which endpoints traffic from outside of the cluster may go to: the traffic of node ports, load balancers and
   * external IPs. A Service that has none of these does not have it.
   *
   * @default TrafficPolicy.CLUSTER
   */
  readonly externalTrafficPolicy?: TrafficPolicy;
}

/** Props of every Service in front of pods that has an address of its own in the cluster. */
export interface PodServiceProps extends VirtualIpServiceProps {
  /** The pods that serve: `Pods.of(deployment)` or `Pods.labelled({ app: 'web' })`. */
  readonly pods: LabelledPods;
}
