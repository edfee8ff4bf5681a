/** How Flannel carries packets between nodes. */
export enum FlannelBackend {
  /** In VXLAN. */
  VXLAN = 'vxlan',
  /** Routes to nodes of the same network. */
  HOST_GW = 'host-gw',
  /** In WireGuard, encrypted. */
  WIREGUARD = 'wireguard',
  /** In IP-in-IP. IPv4 only. */
  IPIP = 'ipip',
}

/** Options of Flannel. Every range comes from the plan of the cluster. */
export interface FlannelOptions {
  /**
   * How packets are carried between nodes.
   *
   * @default FlannelBackend.VXLAN
   */
  readonly backend?: FlannelBackend;
  /**
   * The VXLAN network identifier; at least 4096 where nodes run Windows.
   *
   * @default - 1, given by Flannel
   */
  readonly vni?: number;
  /**
   * The UDP port of VXLAN or WireGuard.
   *
   * @default - 8472 for VXLAN and 51820 for WireGuard, given by Flannel
   */
  readonly port?: number;
  /**
   * Whether packets to nodes of the same network are routed without VXLAN.
   *
   * @default false
   */
  readonly directRouting?: boolean;
  /**
   * Whether rules are nftables and not iptables.
   *
   * @default false
   */
  readonly nftables?: boolean;
  /**
   * The namespace of Flannel.
   *
   * @default kube-flannel
   */
  readonly namespace?: string;
}
