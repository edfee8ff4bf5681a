/** How Cilium gives addresses to pods. It cannot be changed in a running cluster. */
export enum CiliumIpam {
  /** Each node gets a pod CIDR from Cilium's operator. */
  CLUSTER_POOL = 'cluster-pool',
  /** Each node has the pod CIDR that the controller manager gave to it. */
  KUBERNETES = 'kubernetes',
  /** Several pools, of which an annotation of a pod or namespace chooses: `ipam.cilium.io/ip-pool`. */
  MULTI_POOL = 'multi-pool',
}

/** How packets reach pods of other nodes. */
export enum CiliumRouting {
  /** In VXLAN. */
  VXLAN = 'vxlan',
  /** In Geneve. */
  GENEVE = 'geneve',
  /** The network between nodes routes pod addresses. */
  NATIVE = 'native',
}

/** The ConfigMap that is written beside the file with the values. */
export enum CiliumConfigMap {
  /** `cilium-values` with the values as `values.yaml`, for tools that install charts from objects. */
  VALUES = 'values',
  /** `cilium-config`, as the agents read it, for installations without Helm. Helm refuses to install over it. */
  CONFIG = 'config',
  /** None. */
  NONE = 'none',
}

/** A pool beside the one with the name `default`. */
export interface CiliumPodPool {
  /** `metadata.name` of the CiliumPodIPPool, and the value of the annotation. */
  readonly name: string;
  /**
   * The ranges of the pool, at most one of each family, in the second half of the pod network.
   *
   * @default - a part of that half that no other pool has
   */
  readonly cidrs?: string[];
  /**
   * Prefix length of what a node gets at once, by family: `{ IPv4: 27 }`.
   *
   * @default - the node CIDR mask of the cluster
   */
  readonly maskSize?: { [family: string]: number };
}

/** What a cluster is in a ClusterMesh. All clusters of a fleet that have one are a mesh. */
export interface CiliumMesh {
  /** 1 to 255, or to 511 with `maxConnectedClusters`; no other cluster of the mesh has it. */
  readonly id: number;
  /**
   * At most 32 lower-case letters, digits and hyphens; no other cluster of the mesh has it.
   *
   * @default - the name of the cluster
   */
  readonly name?: string;
  /**
   * How many clusters the mesh may have, 255 or 511, the same in all of them. 511 needs Cilium 1.15 and a new cluster.
   *
   * @default 255
   */
  readonly maxConnectedClusters?: number;
}

/** Options of Cilium. Every range comes from the plan of the cluster. */
export interface CiliumOptions {
  /**
   * The version of Cilium, such as `1.18`.
   *
   * @default - not known: nothing is refused because of it
   */
  readonly version?: string;
  /**
   * How pods get addresses.
   *
   * @default CiliumIpam.CLUSTER_POOL
   */
  readonly ipam?: CiliumIpam;
  /**
   * How packets reach pods of other nodes.
   *
   * @default - CiliumRouting.VXLAN; with CiliumIpam.MULTI_POOL, CiliumRouting.NATIVE
   */
  readonly routing?: CiliumRouting;
  /**
   * Where packets go without the address of their node, by family: `{ IPv4: '10.0.0.0/8' }`. Needs CiliumRouting.NATIVE.
   *
   * @default - the smallest that covers the pods of all clusters of the mesh
   */
  readonly nativeRoutingCidr?: { [family: string]: string };
  /**
   * Whether nodes tell each other their pod CIDRs, which needs them to be in one network. With CiliumRouting.NATIVE.
   *
   * @default false
   */
  readonly autoDirectNodeRoutes?: boolean;
  /**
   * Whether Cilium takes the place of kube-proxy.
   *
   * @default false
   */
  readonly kubeProxyReplacement?: boolean;
  /**
   * The host of the API server, which Cilium needs to know when there is no kube-proxy.
   *
   * @default - none
   */
  readonly apiServerHost?: string;
  /**
   * The port of the API server.
   *
   * @default 6443
   */
  readonly apiServerPort?: number;
  /**
   * Pools beside the one with the name `default`. Each gets an equal part of the second half of the pod network, in the
   * order of this list, and `default` has the first half: append new ones, so that the others stay where they are. Needs
   * CiliumIpam.MULTI_POOL.
   *
   * @default - none: the pool `default` has all of the pod network
   */
  readonly pools?: CiliumPodPool[];
  /**
   * Into how many equal parts the second half is cut for `pools`, a power of two. More than there are pools leaves room
   * for others.
   *
   * @default - the smallest that is enough
   */
  readonly parts?: number;
  /**
   * What the cluster is in a ClusterMesh.
   *
   * @default - it is in none
   */
  readonly mesh?: CiliumMesh;
  /**
   * Whether Cilium gives addresses of the load balancer ranges to Services.
   *
   * @default false
   */
  readonly loadBalancerPool?: boolean;
  /**
   * The ConfigMap that is written beside the file with the values.
   *
   * @default CiliumConfigMap.VALUES
   */
  readonly configMap?: CiliumConfigMap;
}
