import type { MetalLbBgpPeering } from './metallb-bgp-peer';

/** Options of MetalLB. Every range comes from the plan of the cluster. */
export interface MetalLbOptions {
  /**
   * Whether addresses are announced by ARP and NDP in the network of the nodes.
   *
   * @default - true, unless there are `bgpPeers`
   */
  readonly l2?: boolean;
  /**
   * The interfaces of nodes on which ARP and NDP are answered.
   *
   * @default - all
   */
  readonly interfaces?: string[];
  /**
   * The routers to which addresses are announced over BGP, by the name of the BGPPeer.
   *
   * @default - none
   */
  readonly bgpPeers?: { [name: string]: MetalLbBgpPeering };
  /**
   * Whether Services get addresses without asking for the pool.
   *
   * @default true
   */
  readonly autoAssign?: boolean;
  /**
   * Whether addresses that end in .0 or .255 are left out.
   *
   * @default false
   */
  readonly avoidBuggyIps?: boolean;
  /**
   * The name of the pool.
   *
   * @default default
   */
  readonly poolName?: string;
  /**
   * The namespace of MetalLB.
   *
   * @default metallb-system
   */
  readonly namespace?: string;
}
