import { addressBits, type Cidr, type IpFamily } from '../address';
import { finding, type Finding, type SpecPath } from '../finding/finding';
import { NODE_MASK, NO_SPACE, PODS_PER_NODE, SERVICE_RANGE_SIZE } from './rules';
import { asked, MAX_MASK_DIFFERENCE, maxServiceHostBits, maskHoldsPods, nodeMask, podsOfMask, sizeOf } from './sizing';
import { COUNT_KEYS, RANGE_KEYS, ROLES, type ClusterSpec, type Role } from './spec';

/** A range that a cluster asks for by its size. */
export interface SizedClaim {
  readonly key: string;
  readonly cluster: ClusterSpec;
  readonly role: Role;
  readonly family: IpFamily;
  readonly prefix: number;
  readonly reason: string;
  readonly specPath: SpecPath;
}

/** A range that the spec gives to a cluster. */
export interface PinnedRange {
  readonly key: string;
  readonly cluster: ClusterSpec;
  readonly role: Role;
  readonly cidr: Cidr;
  readonly reason: string;
  readonly specPath: SpecPath;
}

/** `cluster/role/family`, the key of an allocation. */
export function allocationKey(cluster: string, role: Role, family: IpFamily): string {
  return `${cluster}/${role}/${family}`;
}

export function explicitCidrs(cluster: ClusterSpec, role: Role): ClusterSpec['podCidrs'] {
  return cluster[RANGE_KEYS[role]];
}

export function pinnedRanges(cluster: ClusterSpec): PinnedRange[] {
  return ROLES.flatMap((role) =>
    explicitCidrs(cluster, role).map(({ cidr, specPath }) => ({
      key: allocationKey(cluster.name, role, cidr.family),
      cluster,
      role,
      cidr,
      reason: `given as ${RANGE_KEYS[role]}${askedOf(cluster, role)}`,
      specPath,
    })),
  );
}

/** A size beside explicit ranges is what they must hold. */
function askedOf(cluster: ClusterSpec, role: Role): string {
  const count = cluster[COUNT_KEYS[role]];
  return count === null || count === 0 ? '' : ` for ${asked(role, count, cluster.headroom)}`;
}

/** What a cluster asks for by size. */
export interface ClusterClaims {
  readonly claims: readonly SizedClaim[];
  /** Keys of claims of a size that cannot be. */
  readonly impossible: readonly string[];
  readonly findings: readonly Finding[];
}

/** What the cluster asks for by size. A size that Kubernetes does not accept, or that the family does not have, is a finding instead. */
export function sizedClaims(cluster: ClusterSpec): ClusterClaims {
  const claims: SizedClaim[] = [];
  const impossible: string[] = [];
  const findings: Finding[] = [...unsuitableNodeMasks(cluster)];
  for (const role of ROLES) {
    const count = cluster[COUNT_KEYS[role]];
    if (count === null || count === 0 || cluster.explicitRoles.has(role)) continue;
    for (const family of cluster.families) {
      const { hostBits, reason } = sizeOf(cluster, role, family, count);
      const claim: SizedClaim = {
        key: allocationKey(cluster.name, role, family),
        cluster,
        role,
        family,
        prefix: addressBits(family) - hostBits,
        reason,
        specPath: ['clusters', cluster.name, COUNT_KEYS[role]],
      };
      const problem = impossibleSize(claim);
      if (problem === null) {
        claims.push(claim);
      } else {
        impossible.push(claim.key);
        findings.push(problem);
      }
    }
  }
  return { claims, impossible, findings };
}

function impossibleSize(claim: SizedClaim): Finding | null {
  const { cluster, role, family, prefix, reason, specPath } = claim;
  const mask = nodeMask(cluster, family);
  if (role === 'pods' && mask - prefix > MAX_MASK_DIFFERENCE) {
    return finding(NODE_MASK, {
      message: `cluster ${cluster.name} needs ${reason} in ${family}, more than the ${2 ** MAX_MASK_DIFFERENCE} node blocks that Kubernetes allows in one cluster CIDR`,
      help: `ask for at most ${2 ** MAX_MASK_DIFFERENCE} nodes, headroom included`,
      specPath,
    });
  }
  const most = maxServiceHostBits(cluster.kubernetesVersion, family);
  if (role === 'services' && addressBits(family) - prefix > most) {
    return finding(SERVICE_RANGE_SIZE, {
      message: `cluster ${cluster.name} needs ${reason} in ${family}, more than a /${addressBits(family) - most}, the largest service CIDR that Kubernetes accepts`,
      help:
        most < addressBits(family) && family === 'IPv4'
          ? 'ask for fewer services, or set kubernetesVersion to 1.35 or later, which accepts larger ranges'
          : 'ask for fewer services',
      specPath,
    });
  }
  if (prefix < 0) {
    return finding(NO_SPACE, {
      message: `cluster ${cluster.name} needs ${reason}, more than all of ${family} holds`,
      help: 'ask for less',
      specPath,
    });
  }
  return null;
}

function* unsuitableNodeMasks(cluster: ClusterSpec): Generator<Finding> {
  for (const family of ['IPv4', 'IPv6'] as const) {
    const mask = cluster.nodeCidrMaskSize[family];
    if (mask === undefined) continue;
    const specPath = ['clusters', cluster.name, 'nodeCidrMaskSize', family];
    if (!cluster.families.includes(family)) {
      yield finding(NODE_MASK, {
        message: `cluster ${cluster.name} has a node CIDR mask for ${family}, and its families are ${cluster.families.join(', ')}`,
        help: `remove the mask, or add ${family} to families; kube-controller-manager does not start with a mask for a family that it does not have`,
        specPath,
      });
    } else if (podsOfMask(family, mask) < cluster.podsPerNode) {
      const needed = nodeMask({ ...cluster, nodeCidrMaskSize: {} }, family);
      const fits = maskHoldsPods(family, mask, cluster.podsPerNode);
      const missing = cluster.podsPerNode - podsOfMask(family, mask);
      yield finding(PODS_PER_NODE, {
        severity: fits ? 'warning' : 'error',
        message: `a /${mask} holds ${Math.max(podsOfMask(family, mask), 0)} pods, and a node of cluster ${cluster.name} has ${cluster.podsPerNode} (a node needs its network, broadcast and gateway address beside them)`,
        help: `set nodeCidrMaskSize.${family} to ${needed}, which leaves two addresses for each pod, or lower podsPerNode${
          fits
            ? `; it does for nodes of which ${missing} or more pods are in the network of the host, as kube-proxy is`
            : ''
        }`,
        specPath,
      });
    }
  }
}
