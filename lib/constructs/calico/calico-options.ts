import type { BgpPeering } from './bgp-peer';

/** How Calico carries packets between nodes. */
export enum CalicoEncapsulation {
  /** The network between nodes routes pod addresses. */
  NONE = 'None',
  /** IP-in-IP. IPv4 only. */
  IPIP = 'IPIP',
  /** IP-in-IP between nodes of different subnets. IPv4 only. */
  IPIP_CROSS_SUBNET = 'IPIPCrossSubnet',
  /** VXLAN. */
  VXLAN = 'VXLAN',
  /** VXLAN between nodes of different subnets. */
  VXLAN_CROSS_SUBNET = 'VXLANCrossSubnet',
}

/** Who makes Calico's pools. */
export enum CalicoInstallation {
  /** The Tigera operator, from the list in its `Installation`. */
  OPERATOR = 'operator',
  /** Nobody: IPPools are applied as objects. */
  MANIFESTS = 'manifests',
}

/** What serves the API group `projectcalico.org/v3`. */
export enum CalicoApi {
  /** The API server of Calico, an aggregated API. Every version has it. */
  API_SERVER = 'API server',
  /** CustomResourceDefinitions. Calico 3.32 and later, on Kubernetes 1.32 and later. */
  NATIVE_CRDS = 'native CRDs',
  /** Nothing: calicoctl reads and writes the objects. So it is after an installation by Calico's manifest. */
  CALICOCTL = 'calicoctl',
}

/** A part of the pod network, for some nodes or namespaces. */
export interface CalicoPool {
  /** Its IPPools are called `NAME-ipv4` and `NAME-ipv6`. */
  readonly name: string;
  /**
   * The zone whose nodes use the pool, as in their label `topology.kubernetes.io/zone`.
   *
   * @default - nodes of all zones
   */
  readonly zone?: string;
  /**
   * The nodes that use the pool, as a Calico selector. With `zone`, both have to match.
   *
   * @default - all nodes
   */
  readonly nodeSelector?: string;
  /**
   * The namespaces that may use the pool, as a Calico selector. Calico 3.31 and later.
   *
   * @default - all namespaces
   */
  readonly namespaceSelector?: string;
  /**
   * Whether only pods get addresses that ask for the pool in an annotation, theirs or that of their namespace:
   * `cni.projectcalico.org/ipv4pools: '["NAME-ipv4"]'`. Calico 3.30 and later.
   *
   * @default false
   */
  readonly onRequest?: boolean;
  /**
   * The ranges of the pool, at most one of each family, inside of the pod network.
   *
   * @default - a part of the pod network that no other pool has
   */
  readonly cidrs?: string[];
}

/** How Calico announces addresses to routers. */
export interface CalicoBgp {
  /**
   * The AS number of the nodes.
   *
   * @default - 64512, given by Calico
   */
  readonly asNumber?: number;
  /**
   * Whether every node has a session with every other one.
   *
   * @default true
   */
  readonly nodeMesh?: boolean;
  /**
   * Whether the service CIDRs of the cluster are announced.
   *
   * @default false
   */
  readonly announceClusterIps?: boolean;
  /**
   * Whether the load balancer ranges of the cluster are announced.
   *
   * @default true
   */
  readonly announceLoadBalancerIps?: boolean;
  /**
   * Ranges of `spec.externalIPs` of Services that are announced.
   *
   * @default - none
   */
  readonly externalIpCidrs?: string[];
  /**
   * The routers that nodes have sessions with, by the name of the BGPPeer.
   *
   * @default - none
   */
  readonly peers?: { [name: string]: BgpPeering };
}

/** Options of Calico. Every range comes from the plan of the cluster. */
export interface CalicoOptions {
  /**
   * The version of Calico, such as `3.32`.
   *
   * @default - not known: nothing is refused because of it
   */
  readonly version?: string;
  /**
   * Who makes the pools.
   *
   * @default CalicoInstallation.OPERATOR
   */
  readonly installation?: CalicoInstallation;
  /**
   * What serves `projectcalico.org/v3`.
   *
   * @default CalicoApi.API_SERVER
   */
  readonly api?: CalicoApi;
  /**
   * How packets are carried between nodes.
   *
   * @default CalicoEncapsulation.VXLAN_CROSS_SUBNET
   */
  readonly encapsulation?: CalicoEncapsulation;
  /**
   * Whether packets from pods to what lies outside of all pools leave with the address of their node.
   *
   * @default - true for IPv4, false for IPv6
   */
  readonly natOutgoing?: boolean;
  /**
   * Prefix length of the blocks that nodes get, by family: `{ IPv4: 26, IPv6: 122 }`.
   *
   * @default - 26 and 122, or the node CIDR mask of the cluster where that is longer
   */
  readonly blockSize?: { [family: string]: number };
  /**
   * Parts of the pod network. Each gets an equal part, in the order of this list: append new ones, so that the others
   * stay where they are.
   *
   * @default - one pool of each family with the whole pod network, for all nodes
   */
  readonly pools?: CalicoPool[];
  /**
   * Into how many equal parts the pod network is cut for `pools`, a power of two. More than there are pools leaves room
   * for others.
   *
   * @default - the smallest that is enough
   */
  readonly parts?: number;
  /**
   * How many nodes each zone has. It is proved that pools cover them.
   *
   * @default - not known
   */
  readonly nodesByZone?: { [zone: string]: number };
  /**
   * How many blocks a node may have. Calico then lets no node use addresses of a block of another.
   *
   * @default - 20, given by Calico
   */
  readonly maxBlocksPerHost?: number;
  /**
   * Addresses of the pod network that somebody else owns, by owner.
   *
   * @default - none
   */
  readonly reservations?: { [owner: string]: string[] };
  /**
   * Whether Calico gives addresses of the load balancer ranges to Services. Calico 3.30 and later.
   *
   * @default false
   */
  readonly loadBalancerPools?: boolean;
  /**
   * Announcements over BGP.
   *
   * @default - none; BGP is on only if the encapsulation needs it
   */
  readonly bgp?: CalicoBgp;
  /**
   * Where the cluster runs: `EKS`, `GKE`, `AKS`, `OpenShift`, `DockerEnterprise`, `RKE2`, `TKG` or `Kind`.
   *
   * @default - nowhere in particular
   */
  readonly kubernetesProvider?: string;
}
