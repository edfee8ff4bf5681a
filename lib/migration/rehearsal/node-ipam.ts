import { own } from '../../syntax/own-member';
import { type Cidr, cidrsOverlap, formatCidr, type IpFamily } from '../../address';
import { parsedCidrs } from './addresses';
import type { Cluster, Flags } from './cluster';

const MASKS: Record<IpFamily, number> = { IPv4: 24, IPv6: 64 };

/** kubernetes pkg/controller/nodeipam/ipam/cidrset, clusterSubnetMaxDiff: of IPv6 only. */
const MAX_IPV6_BITS = 16;

/**
 * Why kube-controller-manager would end at its next start, in its own words where it has some: its allocator occupies the pod CIDR of every
 * node first, and gives up at the first that does not fit (cmd/kube-controller-manager/app/core.go; pkg/controller/nodeipam/ipam,
 * NewCIDRRangeAllocator: "This error will keep crashing controller-manager").
 */
export function controllerManagerStop(flags: Flags, nodes: Cluster['nodes']): string | null {
  if (flags['allocate-node-cidrs'] !== 'true') return null;
  const ranges = parsedCidrs(flags['cluster-cidr'] ?? '');
  if (ranges.length === 0) return 'it shall allocate node CIDRs, and has no --cluster-cidr';
  const wrongMask = maskStop(flags, ranges);
  if (wrongMask !== null) return wrongMask;
  for (const { name, podCidrs } of nodes) {
    for (const own of podCidrs) {
      for (const [index, text] of own.entries()) {
        const cidr = parsedCidrs(text).at(0);
        if (cidr === undefined) continue;
        const range = ranges.at(index);
        if (range === undefined) {
          return `node of ${name} has an allocated cidr: ${text} at index:${index} that does not exist in cluster cidrs configuration`;
        }
        if (!cidrsOverlap(range, cidr)) {
          return `cidr ${text} is out the range of cluster cidr ${formatCidr(range)}, and a node of ${name} has it for life`;
        }
      }
    }
  }
  return null;
}

function maskStop(flags: Flags, ranges: readonly Cidr[]): string | null {
  const single = flags['node-cidr-mask-size'];
  const byFamily = ['node-cidr-mask-size-ipv4', 'node-cidr-mask-size-ipv6'].filter(
    (flag) => own(flags, flag) !== undefined,
  );
  if (ranges.length > 1) {
    if (single !== undefined) return 'usage of --node-cidr-mask-size is not allowed with dual-stack clusters';
  } else if (single !== undefined && byFamily.length > 0) {
    return `usage of --${byFamily[0]} is not allowed if --node-cidr-mask-size is set`;
  } else {
    const foreign = byFamily.find((flag) => !flag.endsWith(ranges[0].family.toLowerCase()));
    if (foreign !== undefined) {
      return `usage of --${foreign} is not allowed for a single-stack ${ranges[0].family} cluster`;
    }
  }
  for (const range of ranges) {
    const mask = nodeMask(flags, range.family);
    if (mask < range.prefix) return `the node CIDR mask /${mask} is larger than the cluster CIDR ${formatCidr(range)}`;
    if (range.family === 'IPv6' && mask - range.prefix > MAX_IPV6_BITS) {
      return `New CIDR set failed; the node CIDR size is too big: /${mask} of ${formatCidr(range)}`;
    }
  }
  return null;
}

function nodeMask(flags: Flags, family: IpFamily): number {
  return Number(
    own(flags, `node-cidr-mask-size-${family.toLowerCase()}`) ?? flags['node-cidr-mask-size'] ?? MASKS[family],
  );
}

/** How many pod CIDRs of nodes the controller manager can still give in each of its ranges; null if it gives none at all. */
export function nodeCidrsLeft(flags: Flags, nodes: Cluster['nodes']): number | null {
  if (flags['allocate-node-cidrs'] !== 'true') return null;
  const left = parsedCidrs(flags['cluster-cidr'] ?? '').map((range, index) => {
    const mask = nodeMask(flags, range.family);
    const used = nodes.reduce(
      (sum, { podCidrs }) => sum + podCidrs.reduce((total, own) => total + slots(own.at(index), mask), 0),
      0,
    );
    return 2 ** (mask - range.prefix) - used;
  });
  return left.length === 0 ? null : Math.min(...left);
}

function slots(text: string | undefined, mask: number): number {
  const cidr = parsedCidrs(text ?? '').at(0);
  return cidr === undefined ? 0 : Math.max(1, 2 ** (mask - cidr.prefix));
}
