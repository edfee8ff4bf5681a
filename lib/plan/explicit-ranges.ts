import { addressBits, formatCidr, hostBits, type Cidr } from '../address';
import { finding, type Finding, type SpecPath } from '../finding/finding';
import { explicitCidrs } from './claims';
import { FAMILY_ORDER, NODE_MASK, SERVICE_RANGE_SIZE } from './rules';
import { MAX_MASK_DIFFERENCE, maxServiceHostBits, MIN_CLUSTER_HOST_BITS, nodeMask, usableServices } from './sizing';
import { SERVICE_CIDRS_SINCE } from './written-apis';
import { RANGE_KEYS, ROLES, type ClusterSpec, type Role, type SpecCidr } from './spec';

/** What is wrong with the explicit ranges of a cluster taken by themselves: their families, and what Kubernetes accepts as a size. */
export function checkExplicitRanges(cluster: ClusterSpec): Finding[] {
  return ROLES.filter((role) => cluster.explicitRoles.has(role))
    .flatMap((role) => [
      ...familyMismatches(cluster, role),
      ...(role === 'loadBalancers' ? [] : familyOrder(cluster, role)),
      ...(role === 'pods' ? explicitCidrs(cluster, role).flatMap((range) => podRangeSize(cluster, range)) : []),
      ...(role === 'services' ? explicitCidrs(cluster, role).flatMap((range) => serviceRangeSize(cluster, range)) : []),
    ])
    .concat(extraServiceRanges(cluster));
}

/** KEP-1880: stable in Kubernetes 1.33. A ServiceCIDR adds no family to a cluster. */
function extraServiceRanges(cluster: ClusterSpec): Finding[] {
  const { extraServiceCidrs, kubernetesVersion, name } = cluster;
  const tooOld =
    extraServiceCidrs.length > 0 &&
    kubernetesVersion !== null &&
    kubernetesVersion.major === 1 &&
    kubernetesVersion.minor < SERVICE_CIDRS_SINCE;
  return [
    ...(tooOld
      ? [
          finding(SERVICE_RANGE_SIZE, {
            message: `cluster ${name} has extraServiceCidrs, and Kubernetes 1.${kubernetesVersion.minor} has no ServiceCIDR objects`,
            help: `use Kubernetes 1.${SERVICE_CIDRS_SINCE} or later, or give the cluster a larger service CIDR`,
            specPath: ['clusters', name, 'extraServiceCidrs'],
          }),
        ]
      : []),
    ...ofOtherFamilies(cluster, extraServiceCidrs),
    ...extraServiceCidrs
      .filter(({ cidr }) => cidr.family === 'IPv6' && cidr.prefix < SHORTEST_IPV6_SERVICE_PREFIX)
      .map(({ cidr, specPath }) =>
        finding(SERVICE_RANGE_SIZE, {
          message: `extra service CIDR ${formatCidr(cidr)} of cluster ${name} is larger than a /${SHORTEST_IPV6_SERVICE_PREFIX}, the largest that a ServiceCIDR can be in IPv6`,
          help: `give a /${SHORTEST_IPV6_SERVICE_PREFIX} or smaller`,
          specPath,
        }),
      ),
  ];
}

/** The ClusterIP allocator of ServiceCIDRs (ipallocator.go). */
const SHORTEST_IPV6_SERVICE_PREFIX = 64;

function familyMismatches(cluster: ClusterSpec, role: Role): Finding[] {
  return ofOtherFamilies(cluster, explicitCidrs(cluster, role));
}

function ofOtherFamilies(cluster: ClusterSpec, ranges: readonly SpecCidr[]): Finding[] {
  return ranges
    .filter(({ cidr }) => !cluster.families.includes(cidr.family))
    .map(({ cidr, specPath }) =>
      finding(FAMILY_ORDER, {
        message: `${formatCidr(cidr)} is ${cidr.family}, and the families of cluster ${cluster.name} are ${cluster.families.join(', ')}`,
        help: `add ${cidr.family} to families, or remove the range`,
        specPath,
      }),
    );
}

/** Kubernetes takes one cluster CIDR and one service CIDR for each family, the primary family first. */
function familyOrder(cluster: ClusterSpec, role: 'pods' | 'services'): Finding[] {
  const ranges = explicitCidrs(cluster, role);
  if (ranges.length === 0) return [];
  const key = RANGE_KEYS[role];
  const specPath: SpecPath = ['clusters', cluster.name, key];
  const families = ranges.map(({ cidr }) => cidr.family);
  const known = cluster.families.filter((family) => families.includes(family));
  const findings: Finding[] = [];
  for (const family of known) {
    const texts = ranges.filter(({ cidr }) => cidr.family === family).map(({ cidr }) => formatCidr(cidr));
    if (texts.length < 2) continue;
    findings.push(
      finding(FAMILY_ORDER, {
        message: `${key} of cluster ${cluster.name} has ${texts.length} ${family} ranges (${texts.join(', ')}), and Kubernetes takes one for each family`,
        help: 'keep one of them, or give one range that covers them',
        specPath,
      }),
    );
  }
  const missing = cluster.families.filter((family) => !families.includes(family));
  if (missing.length > 0 && !cluster.incompleteRoles.has(role)) {
    findings.push(
      finding(FAMILY_ORDER, {
        message: `${key} of cluster ${cluster.name} has no ${missing.join(' and no ')} range, and its families are ${cluster.families.join(', ')}`,
        help: `add a range for ${missing.join(' and ')}, or remove the family`,
        specPath,
      }),
    );
  }
  const order = families.filter((family, index) => known.includes(family) && families.indexOf(family) === index);
  if (order.join() !== known.join()) {
    findings.push(
      finding(FAMILY_ORDER, {
        message: `${key} of cluster ${cluster.name} lists ${order.join(' before ')}, and its families are ${cluster.families.join(', ')}`,
        help: 'list the range of the primary family first: the first range decides the default family of the cluster',
        specPath,
      }),
    );
  }
  return findings;
}

function podRangeSize(cluster: ClusterSpec, { cidr, specPath }: SpecCidr): Finding[] {
  const mask = nodeMask(cluster, cidr.family);
  const given = cluster.nodeCidrMaskSize[cidr.family] !== undefined;
  const source = given ? 'nodeCidrMaskSize' : `podsPerNode ${cluster.podsPerNode}`;
  if (hostBits(cidr) < MIN_CLUSTER_HOST_BITS) {
    return [tooFewAddresses(NODE_MASK, 'cluster CIDR', 14, cidr, specPath)];
  }
  if (mask < cidr.prefix) {
    return [
      finding(NODE_MASK, {
        message: `cluster CIDR ${formatCidr(cidr)} of cluster ${cluster.name} is smaller than the pod CIDR of one node, a /${mask} (${source})`,
        help: `give a cluster CIDR of /${mask} or larger, or set nodeCidrMaskSize.${cidr.family} to ${cidr.prefix} or more`,
        specPath,
      }),
    ];
  }
  if (mask - cidr.prefix > MAX_MASK_DIFFERENCE) {
    return [
      finding(NODE_MASK, {
        message: `cluster CIDR ${formatCidr(cidr)} of cluster ${cluster.name} and node CIDR mask /${mask} (${source}) are ${mask - cidr.prefix} bits apart, and Kubernetes allows ${MAX_MASK_DIFFERENCE}`,
        help: `set nodeCidrMaskSize.${cidr.family} to ${cidr.prefix + MAX_MASK_DIFFERENCE} or less, or give a cluster CIDR of /${mask - MAX_MASK_DIFFERENCE} or smaller`,
        specPath,
      }),
    ];
  }
  return [];
}

function serviceRangeSize(cluster: ClusterSpec, { cidr, specPath }: SpecCidr): Finding[] {
  if (hostBits(cidr) < MIN_CLUSTER_HOST_BITS) {
    return [tooFewAddresses(SERVICE_RANGE_SIZE, 'service CIDR', 10, cidr, specPath)];
  }
  const most = maxServiceHostBits(cluster.kubernetesVersion, cidr.family);
  if (hostBits(cidr) <= most) return [];
  const largest = addressBits(cidr.family) - most;
  return [
    finding(SERVICE_RANGE_SIZE, {
      message: `service CIDR ${formatCidr(cidr)} of cluster ${cluster.name} is larger than a /${largest}, the largest that Kubernetes accepts`,
      help: `give a /${largest} or smaller${most === 20 ? ', or set kubernetesVersion to 1.35 or later, whose API server accepts larger ranges' : ''}`,
      specPath,
    }),
  ];
}

function tooFewAddresses(
  rule: typeof NODE_MASK,
  what: string,
  minimum: number,
  cidr: Cidr,
  specPath: SpecPath,
): Finding {
  const addresses = 2 ** hostBits(cidr);
  return finding(rule, {
    message: `${what} ${formatCidr(cidr)} has ${addresses} ${addresses === 1 ? 'address' : 'addresses'}, and kubeadm asks for at least ${minimum}`,
    help: `give a /${addressBits(cidr.family) - MIN_CLUSTER_HOST_BITS} or larger`,
    specPath,
  });
}

/** How much of its role a range holds: node blocks, Services or addresses. */
export function holdsOf(cluster: ClusterSpec, role: Role, cidr: Cidr): number {
  switch (role) {
    case 'pods':
      return Math.floor(2 ** (nodeMask(cluster, cidr.family) - cidr.prefix));
    case 'services':
      return Math.max(usableServices(cidr.family, hostBits(cidr)), 0);
    case 'loadBalancers':
      return 2 ** hostBits(cidr);
  }
}
