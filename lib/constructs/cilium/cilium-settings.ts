import { type Cidr, cidrContains, formatCidr, type IpFamily, parentOf, parseCidr } from '../../address';
import { CiliumIpam, type CiliumOptions, CiliumRouting } from './cilium-options';

/** All that the configuration of Cilium says, from which its two forms are written. */
export interface CiliumSettings {
  readonly ipam: CiliumIpam;
  readonly routing: CiliumRouting;
  /** All of it. */
  readonly podNetwork: readonly string[];
  /** What nodes get their addresses from: with several pools, those of the pool `default`. */
  readonly podCidrs: Readonly<Record<IpFamily, readonly string[]>>;
  readonly maskSize: Readonly<Record<IpFamily, number | undefined>>;
  /** Only with native routing. */
  readonly nativeRoutingCidr: Readonly<Partial<Record<IpFamily, string>>>;
  readonly clusterName: string;
  readonly clusterId: number;
  readonly maxConnectedClusters: number | undefined;
  /** Whether CIDRs of policies speak of addresses of nodes too. */
  readonly policiesSeeNodes: boolean;
  readonly options: CiliumOptions;
}

export interface SettingsInput {
  readonly clusterName: string;
  readonly podNetwork: readonly string[];
  /** A part of the pod network, if there are other pools. */
  readonly podCidrs: readonly string[];
  readonly nodeCidrMaskSize: Readonly<Record<string, number>>;
  /** The pods of all clusters of the mesh, those of this one among them. */
  readonly meshPodCidrs: readonly string[];
  /** Whether pods ask a DNS cache in the network of their node. */
  readonly hasNodeCache: boolean;
}

export function ciliumSettings(options: CiliumOptions, input: SettingsInput): CiliumSettings {
  const { clusterName, podNetwork, podCidrs, nodeCidrMaskSize, meshPodCidrs } = input;
  const ipam = options.ipam ?? CiliumIpam.CLUSTER_POOL;
  const routing = options.routing ?? (ipam === CiliumIpam.MULTI_POOL ? CiliumRouting.NATIVE : CiliumRouting.VXLAN);
  return {
    ipam,
    routing,
    podNetwork,
    podCidrs: { IPv4: ofFamily(podCidrs, 'IPv4'), IPv6: ofFamily(podCidrs, 'IPv6') },
    maskSize: { IPv4: nodeCidrMaskSize.IPv4, IPv6: nodeCidrMaskSize.IPv6 },
    nativeRoutingCidr:
      routing === CiliumRouting.NATIVE
        ? {
            ...covering('IPv4', options, podNetwork, meshPodCidrs),
            ...covering('IPv6', options, podNetwork, meshPodCidrs),
          }
        : {},
    clusterName: options.mesh?.name ?? clusterName,
    clusterId: options.mesh?.id ?? 0,
    maxConnectedClusters: options.mesh?.maxConnectedClusters,
    policiesSeeNodes: input.hasNodeCache,
    options,
  };
}

function ofFamily(cidrs: readonly string[], family: IpFamily): string[] {
  return cidrs.filter((cidr) => parseCidr(cidr).family === family);
}

function covering(
  family: IpFamily,
  { nativeRoutingCidr }: CiliumOptions,
  own: readonly string[],
  mesh: readonly string[],
): Partial<Record<IpFamily, string>> {
  if (ofFamily(own, family).length === 0) return {};
  const chosen = nativeRoutingCidr?.[family];
  return { [family]: chosen ?? formatCidr(smallestAround(ofFamily(mesh, family).map(parseCidr))) };
}

/** The smallest CIDR that contains all of them. */
export function smallestAround([first, ...others]: readonly Cidr[]): Cidr {
  return others.reduce((around, cidr) => {
    let wider = around;
    while (!cidrContains(wider, cidr)) wider = parentOf(wider);
    return wider;
  }, first);
}
