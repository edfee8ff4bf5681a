import type { Cidr } from '../../address';
import {
  at,
  type ConfigDocument,
  extraArgument,
  type FieldPath,
  flatMap,
  type NetworkModel,
  readCidr,
  text,
} from '../../model';

/** How large the range of a node is, unless an argument of the controller manager says otherwise. */
export const MASKS = {
  IPv4: { name: 'node-cidr-mask-size-ipv4', usual: 24 },
  IPv6: { name: 'node-cidr-mask-size-ipv6', usual: 64 },
};

export const SINGLE_STACK_MASK = 'node-cidr-mask-size';

export const POD_SUBNET = ['networking', 'podSubnet'];

/** Those that can be read. */
export function podSubnets({ value }: ConfigDocument): readonly Cidr[] {
  return flatMap((text(at(value, ...POD_SUBNET)) ?? '').split(','), (part) => readCidr(part.trim()) ?? []);
}

/** What node IPAM gives to nodes of a pod subnet. */
export interface NodeRanges {
  readonly cidr: Cidr;
  readonly mask: number;
  /** The argument that says the mask; undefined for the usual one. */
  readonly maskField: FieldPath | undefined;
}

/** Empty where nodes get no ranges, and where the arguments cannot be read. */
export function nodeRangesOf(config: ConfigDocument): readonly NodeRanges[] {
  if (config.kind !== 'ClusterConfiguration') return [];
  const argument = (name: string): ReturnType<typeof extraArgument>[number] | undefined =>
    extraArgument(config, 'controllerManager', name).at(0);
  if (argument('allocate-node-cidrs')?.content === 'false') return [];
  const subnets = podSubnets(config);
  return flatMap(subnets, (cidr) => {
    const { name, usual } = MASKS[cidr.family];
    const given = argument(name) ?? (subnets.length === 1 ? argument(SINGLE_STACK_MASK) : undefined);
    const mask = given === undefined ? usual : Number(given.content);
    return Number.isInteger(mask) && mask >= cidr.prefix ? [{ cidr, mask, maskField: given?.path }] : [];
  });
}

/** Network plugins with an address management of their own do not look at the ranges of nodes. */
export function hasOtherIpam({ ipPools, statements }: NetworkModel): boolean {
  const settings = ['cluster pool of Cilium', 'CiliumPodIPPool', 'default pool of calico-node'];
  return ipPools.length > 0 || statements.ranges.some(({ setting }) => settings.includes(setting));
}
