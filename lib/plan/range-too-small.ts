import { addressBits, formatCidr, type Cidr, type IpFamily } from '../address';
import { finding, type Finding } from '../finding/finding';
import { explicitCidrs } from './claims';
import { holdsOf } from './explicit-ranges';
import { RANGE_TOO_SMALL } from './rules';
import {
  asked,
  demandOf,
  maskHoldsPods,
  MAX_MASK_DIFFERENCE,
  nodeMask,
  podsOfMask,
  ROLE_NOUNS,
  sizeOf,
} from './sizing';
import { COUNT_KEYS, RANGE_KEYS, ROLES, type ClusterSpec, type Role } from './spec';
import { SERVICE_CIDRS_SINCE } from './written-apis';

/**
 * A size beside explicit ranges is a question: do they hold it? An error where they do not, a warning where only the headroom is missing.
 * Ranges that Kubernetes refuses whatever they hold are findings of their own.
 */
export function tooSmallRanges(cluster: ClusterSpec): Finding[] {
  return ROLES.flatMap((role) => {
    const count = cluster[COUNT_KEYS[role]];
    if (count === null || !cluster.explicitRoles.has(role) || cluster.incompleteRoles.has(role)) return [];
    return cluster.families.flatMap((family) => tooSmall(cluster, role, family, count) ?? []);
  });
}

function tooSmall(cluster: ClusterSpec, role: Role, family: IpFamily, count: number): Finding | null {
  const ranges = rangesOf(cluster, role, family);
  if (ranges.length === 0) return null;
  const holds = ranges.reduce((sum, cidr) => sum + Math.max(holdsOf(cluster, role, cidr), 0), 0);
  const [needed, wanted] = [demandOf(role, count), demandOf(role, count, cluster.headroom)];
  if (holds === 0 || holds >= wanted) return null;
  const texts = ranges.map(formatCidr).join(', ');
  const [singular, plural] = ROLE_NOUNS[role];
  const what =
    role === 'services'
      ? `${holds} of ${wanted} services (${asked(role, count, cluster.headroom)} and the 2 of every cluster)`
      : `${holds} of ${wanted} ${wanted === 1 ? singular : plural}${cluster.headroom === 1 ? '' : ` (${count} × headroom ${cluster.headroom})`}`;
  const blocks = role === 'pods' ? `, in blocks of /${nodeMask(cluster, family)}` : '';
  return finding(RANGE_TOO_SMALL, {
    severity: holds >= needed ? 'warning' : 'error',
    message: `${RANGE_KEYS[role]} of cluster ${cluster.name} holds ${what}: ${texts}${blocks}`,
    help: changesThatFit(cluster, role, family, count).join('; or '),
    specPath: ['clusters', cluster.name, COUNT_KEYS[role]],
  });
}

function rangesOf(cluster: ClusterSpec, role: Role, family: IpFamily): Cidr[] {
  const given = explicitCidrs(cluster, role);
  const all = role === 'services' ? [...given, ...cluster.extraServiceCidrs] : given;
  return all.flatMap(({ cidr }) => (cidr.family === family ? [cidr] : []));
}

function changesThatFit(cluster: ClusterSpec, role: Role, family: IpFamily, count: number): string[] {
  const prefix = addressBits(family) - sizeOf(cluster, role, family, count).hostBits;
  const larger = `give an ${family} range of /${prefix} or larger`;
  switch (role) {
    case 'pods': {
      const mask = smallerBlocks(cluster, family, count);
      return [...(mask === null ? [] : [mask]), larger];
    }
    case 'services':
      return [larger, `add one with extraServiceCidrs (Kubernetes 1.${SERVICE_CIDRS_SINCE} or later)`];
    case 'loadBalancers':
      return [larger, 'list another range beside it'];
  }
}

/** The largest blocks for a node with which the ranges hold all nodes, if such blocks hold the pods of a node. */
function smallerBlocks(cluster: ClusterSpec, family: IpFamily, count: number): string | null {
  const ranges = rangesOf(cluster, 'pods', family);
  const wanted = demandOf('pods', count, cluster.headroom);
  const longest = addressBits(family) - 1;
  for (let mask = nodeMask(cluster, family) + 1; mask <= longest; mask++) {
    if (!maskHoldsPods(family, mask, cluster.podsPerNode)) return null;
    if (ranges.some(({ prefix }) => mask - prefix > MAX_MASK_DIFFERENCE)) return null;
    const holds = ranges.reduce((sum, { prefix }) => sum + Math.floor(2 ** (mask - prefix)), 0);
    if (holds < wanted) continue;
    return `set nodeCidrMaskSize: {${family}: ${mask}}: ${holds} nodes${family === 'IPv6' ? '' : ` of ${podsText(mask)}`}`;
  }
  return null;
}

/** `64 pods each with two addresses for a pod, 125 at most`. */
function podsText(mask: number): string {
  const addresses = 2 ** (addressBits('IPv4') - mask);
  return `${addresses / 2} pods each with two addresses for a pod, ${podsOfMask('IPv4', mask)} at most`;
}
