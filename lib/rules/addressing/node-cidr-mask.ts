import type { Problem } from '../../finding/problem';
import { addressBits, type Cidr, formatCidr, type IpFamily } from '../../address';
import {
  at,
  concat,
  type ConfigDocument,
  extraArgument,
  flatMap,
  MASKS,
  type ModelObject,
  POD_SUBNET,
  podSubnets,
  readCidr,
  SINGLE_STACK_MASK,
  staticPodArgument,
} from '../../model';
import type { NetworkRule } from '../network-rule';

/** kubeadm: PodSubnetNodeMaskMaxDiff. */
const MOST_BITS_OF_NODES = 16;
/** kubeadm: MinimumAddressesInPodSubnet. */
const FEWEST_POD_ADDRESSES = 14n;

/** kubeadm `ValidatePodSubnetNodeMask`, and `setNodeCIDRMaskSizes` of the controller manager. */
export const nodeCidrMask: NetworkRule = {
  code: 'NL135',
  slug: 'node-cidr-mask',
  severity: 'error',
  layer: 'object',
  title: 'The pod subnet does not suit the ranges that nodes get of it',
  check(model, report) {
    for (const config of model.configs) {
      if (config.kind !== 'ClusterConfiguration') continue;
      const allocates = extraArgument(config, 'controllerManager', 'allocate-node-cidrs').at(0);
      if (allocates?.content === 'false') continue;
      for (const { field = [], ...problem } of problems(config, podSubnets(config))) {
        report({ on: config.object, field: config.fieldOf(field), ...problem });
      }
    }
    const pods = model.types.filter(({ kind, apiVersion }) => kind === 'Pod' && apiVersion === 'v1');
    for (const object of flatMap(pods, ({ objects }) => objects)) {
      for (const problem of staticPodProblems(object)) report({ on: object, ...problem });
    }
  },
};

/** The process exits: "New CIDR set failed", or "CIDRs are required" (startNodeIpamController). */
function staticPodProblems(object: ModelObject): readonly Problem[] {
  const argument = (name: string): ReturnType<typeof staticPodArgument>[number] | undefined =>
    staticPodArgument(object, 'kube-controller-manager', name).at(0);
  const allocates = argument('allocate-node-cidrs');
  if (allocates?.content !== 'true') return [];
  const written = argument('cluster-cidr');
  if (written === undefined) {
    return [
      {
        field: allocates.path,
        message: 'allocate-node-cidrs is true, and there is no cluster-cidr to allocate from',
        help: 'the controller manager does not start: add --cluster-cidr, or set allocate-node-cidrs to false',
      },
    ];
  }
  const cidrs = flatMap(written.content.split(','), (part) => readCidr(part.trim()) ?? []);
  const families = new Set(cidrs.map(({ family }) => family));
  const single = argument(SINGLE_STACK_MASK);
  const masks = { IPv4: argument(MASKS.IPv4.name), IPv6: argument(MASKS.IPv6.name) };
  return concat(
    maskProblems(families, single, masks, 'cluster-cidr'),
    flatMap(cidrs, (cidr) => {
      const { name, usual } = MASKS[cidr.family];
      const given = masks[cidr.family] ?? (families.size === 1 ? single : undefined);
      const mask = given === undefined ? usual : Number(given.content);
      if (!Number.isInteger(mask)) return [];
      const tooLong = maskBeyondFamily(cidr.family, given);
      if (tooLong !== undefined) return [tooLong];
      if (cidr.prefix > mask) {
        return [
          {
            field: written.path,
            message: `cluster-cidr ${formatCidr(cidr)} is smaller than the /${mask} that each node gets`,
            help: `choose a larger range, or set ${name} to ${cidr.prefix} or more`,
          },
        ];
      }
      // The allocator counts the ranges of IPv6 alone (cidrset, clusterSubnetMaxDiff); kubeadm those of both families.
      if (cidr.family === 'IPv4' || mask - cidr.prefix <= MOST_BITS_OF_NODES) return [];
      return [
        {
          field: written.path,
          message: `cluster-cidr ${formatCidr(cidr)} holds 2^${mask - cidr.prefix} ranges of /${mask}, and at most 2^${MOST_BITS_OF_NODES} are allowed`,
          help: `choose a /${mask - MOST_BITS_OF_NODES} or smaller, or larger ranges of nodes`,
        },
      ];
    }),
  );
}

/** Mostly the mask of the other family. */
function maskBeyondFamily(family: IpFamily, given: Argument): Problem | undefined {
  if (given === undefined || Number(given.content) <= addressBits(family)) return undefined;
  return {
    field: given.path,
    message: `the node mask is ${given.content}, and an ${family} address has ${addressBits(family)} bits`,
    help: `the controller manager does not start: write the mask of ${family}, such as ${MASKS[family].usual}`,
  };
}

type Argument = ReturnType<typeof staticPodArgument>[number] | undefined;

/** `setNodeCIDRMaskSizes`: the process exits. */
function maskProblems(
  families: ReadonlySet<IpFamily>,
  single: Argument,
  masks: Readonly<Record<IpFamily, Argument>>,
  ranges: string,
): readonly Problem[] {
  if (families.size === 0) return [];
  const found: Problem[] = [
    ...flatMap(['IPv4', 'IPv6'] as const, (family) => {
      const mask = masks[family];
      return mask === undefined || families.has(family)
        ? []
        : [
            {
              field: mask.path,
              message: `${MASKS[family].name} is set, and the ${ranges} has no ${family}`,
              help: 'the controller manager does not start: remove the argument',
            },
          ];
    }),
  ];
  const both = masks.IPv4 ?? masks.IPv6;
  if (single !== undefined && (families.size === 2 || both !== undefined)) {
    found.push({
      field: single.path,
      message:
        families.size === 2
          ? `${SINGLE_STACK_MASK} is set, and the ${ranges} has two families`
          : `${SINGLE_STACK_MASK} is set beside an argument for one family`,
      help: `the controller manager does not start: use ${[...families].map((family) => MASKS[family].name).join(' and ')}`,
    });
  }
  return found;
}

function problems(config: ConfigDocument, subnets: readonly Cidr[]): readonly Problem[] {
  const families = new Set(subnets.map(({ family }) => family));
  if (families.size === 0) return [];
  const single = extraArgument(config, 'controllerManager', SINGLE_STACK_MASK).at(0);
  const masks = {
    IPv4: extraArgument(config, 'controllerManager', MASKS.IPv4.name).at(0),
    IPv6: extraArgument(config, 'controllerManager', MASKS.IPv6.name).at(0),
  };
  return concat(
    maskProblems(families, single, masks, 'pod subnet'),
    flatMap(subnets, (cidr) => {
      const given = masks[cidr.family] ?? (families.size === 1 ? single : undefined);
      const found = subnetProblems(cidr, given);
      return found.length === 0 && given === single ? unreadMaskProblems(config, cidr, single) : found;
    }),
  );
}

/** kubeadm `getClusterNodeMask` reads the arguments of each family alone; versions that take extraArgs as a map once read the other one too. */
function unreadMaskProblems(config: ConfigDocument, cidr: Cidr, single: Argument): readonly Problem[] {
  if (single === undefined || subnetProblems(cidr, undefined).length === 0) return [];
  const { name, usual } = MASKS[cidr.family];
  return [
    {
      field: single.path,
      ...(at(config.value, 'apiVersion') !== 'kubeadm.k8s.io/v1beta4' && { severity: 'warning' as const }),
      message: `podSubnet ${formatCidr(cidr)} does not suit the usual node mask /${usual}, and kubeadm does not read ${SINGLE_STACK_MASK} ${single.content}`,
      help: `kubeadm refuses the pod subnet: say ${name} instead`,
    },
  ];
}

function subnetProblems(cidr: Cidr, given: ReturnType<typeof extraArgument>[number] | undefined): readonly Problem[] {
  const { usual } = MASKS[cidr.family];
  const mask = given === undefined ? usual : Number(given.content);
  if (given !== undefined && !Number.isInteger(mask)) {
    return [
      {
        field: given.path,
        message: `the node mask for ${cidr.family} is ${JSON.stringify(given.content)}, which is no number`,
        help: `write a prefix length without slash, such as "${usual}"`,
      },
    ];
  }
  const tooLong = maskBeyondFamily(cidr.family, given);
  if (tooLong !== undefined) return [tooLong];
  const written = formatCidr(cidr);
  const report = (message: string, help: string): readonly Problem[] => [{ field: POD_SUBNET, message, help }];
  if (1n << BigInt(addressBits(cidr.family) - cidr.prefix) < FEWEST_POD_ADDRESSES) {
    return report(
      `podSubnet ${written} has fewer than ${FEWEST_POD_ADDRESSES} addresses`,
      'kubeadm refuses it: choose a larger range',
    );
  }
  if (cidr.prefix > mask) {
    return report(
      `podSubnet ${written} is smaller than the /${mask} that each node gets`,
      `choose a larger range, or set ${MASKS[cidr.family].name} of the controller manager to ${cidr.prefix} or more`,
    );
  }
  if (mask - cidr.prefix > MOST_BITS_OF_NODES) {
    return report(
      `podSubnet ${written} holds 2^${mask - cidr.prefix} ranges of /${mask}, and at most 2^${MOST_BITS_OF_NODES} are allowed`,
      `choose a /${mask - MOST_BITS_OF_NODES} or smaller, or larger ranges of nodes`,
    );
  }
  return [];
}
