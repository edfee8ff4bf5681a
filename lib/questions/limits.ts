import {
  addressBits,
  type Cidr,
  cidrSize,
  formatCidr,
  hostBits,
  IP_FAMILIES,
  type IpFamily,
  parseCidr,
} from '../address';
import {
  at,
  countOfNodeRanges,
  extraArgument,
  member,
  type NetworkModel,
  type NodeRanges,
  nodeRangesOf,
  positive,
} from '../model';
import type { ClusterPlan, ClusterSpec } from '../plan';
import { podsOfMask, usableServices } from '../plan/sizing';
import { DEFAULT_NODE_PORT_RANGE } from './whois-port';

/** The most there can be of something, and what says so. */
export interface Limit {
  readonly limit: number;
  readonly because: string;
}

/** What a cluster can hold; null where nothing that was read says it. */
export interface Limits {
  readonly podsPerNode: number;
  readonly nodes: Limit | null;
  readonly pods: Limit | null;
  readonly services: Limit | null;
  readonly nodePorts: Limit;
  readonly loadBalancers: Limit | null;
}

/** What one cluster is known by: its plan, its objects, or both. */
export interface KnownCluster {
  readonly name: string | null;
  readonly spec: ClusterSpec | undefined;
  readonly plan: ClusterPlan | undefined;
  readonly model: NetworkModel | undefined;
}

/** kubelet: `maxPods`. */
const DEFAULT_PODS_PER_NODE = 110;

/** kube-controller-manager: `--node-cidr-mask-size-ipv4` and `-ipv6`. */
const DEFAULT_NODE_MASK: Record<IpFamily, number> = { IPv4: 24, IPv6: 64 };

/** What Calico takes for `maxBlocksPerHost: 0`. */
const DEFAULT_BLOCKS_PER_HOST = 20;

export function limitsOf(cluster: KnownCluster): Limits {
  const maxPods = podsPerNode(cluster);
  const calico = calicoLimits(cluster, maxPods);
  const { nodes, perNode } = calico ?? nodeMaskLimits(cluster, maxPods);
  const range = cluster.model?.facts.nodePortRange ?? cluster.spec?.nodePortRange ?? DEFAULT_NODE_PORT_RANGE;
  return {
    podsPerNode: perNode,
    nodes,
    pods: nodes && {
      limit: nodes.limit * perNode,
      because: `${nodes.limit} nodes of ${perNode} pods, ${nodes.because}`,
    },
    services: serviceLimit(cluster),
    nodePorts: { limit: range.last - range.first + 1, because: `node ports ${range.first}-${range.last}` },
    loadBalancers: loadBalancerLimit(cluster),
  };
}

interface NodeLimits {
  readonly nodes: Limit | null;
  readonly perNode: number;
}

function podsPerNode({ spec, model }: KnownCluster): number {
  const kubelet = (model?.configs ?? []).filter(({ kind }) => kind === 'KubeletConfiguration');
  const configured = kubelet
    .map(({ value }) => positive(member(value, 'maxPods')))
    .find((count) => count !== undefined);
  return configured ?? spec?.podsPerNode ?? DEFAULT_PODS_PER_NODE;
}

/** Node IPAM: a pod CIDR for each node. The family that holds less decides. */
function nodeMaskLimits(cluster: KnownCluster, maxPods: number): NodeLimits {
  // Without a plan, what the components are told.
  const stated = cluster.plan === undefined && cluster.model !== undefined ? nodeRangesOf(cluster.model) : [];
  const given = stated.some(({ by }) => by === 'Cilium') ? stated.filter(({ by }) => by === 'Cilium') : stated;
  if (given.length > 0) return statedLimits(given, maxPods);
  const cidrs = cidrsOf(cluster, 'podCidrs');
  const byFamily = families(cidrs).map((family) => {
    const own = cidrs.filter((cidr) => cidr.family === family);
    const mask = nodeMask(cluster, family);
    const limit = own.reduce((sum, { prefix }) => sum + Math.floor(2 ** (mask - prefix)), 0);
    return {
      nodes: { limit, because: `a /${mask} for each node in ${own.map(formatCidr).join(', ')}` },
      perNode: Math.max(0, Math.min(maxPods, podsOfMask(family, mask))),
    };
  });
  return {
    nodes: smallest(byFamily.map(({ nodes }) => nodes)),
    perNode: Math.min(maxPods, ...byFamily.map(({ perNode }) => perNode)),
  };
}

function statedLimits(ranges: readonly NodeRanges[], maxPods: number): NodeLimits {
  return {
    nodes: smallest(
      ranges.map((each) => ({
        limit: countOfNodeRanges(each),
        because: `a /${each.mask} for each node in ${each.cidrs.map(formatCidr).join(', ')}`,
      })),
    ),
    perNode: Math.min(maxPods, ...ranges.map(({ cidrs, mask }) => Math.max(0, podsOfMask(cidrs[0].family, mask)))),
  };
}

/** Calico gives each node as many blocks as its pods need, and does not look at the CIDR of the node. */
function calicoLimits({ model }: KnownCluster, maxPods: number): NodeLimits | null {
  const pools = (model?.ipPools ?? []).filter((pool) => pool.forWorkloads && !pool.disabled);
  if (model === undefined || pools.length === 0) return null;
  const blocksPerHost = maxBlocksPerHost(model);
  const byFamily = families(pools.map(({ cidr }) => cidr)).map((family) => {
    const own = pools.filter(({ cidr }) => cidr.family === family);
    const blockSize = Math.max(...own.map((pool) => pool.blockSize));
    const perBlock = 2 ** (addressBits(family) - blockSize);
    const perNode = Math.min(maxPods, blocksPerHost * perBlock);
    // A node of an encapsulated network has an address of its own in one of its blocks.
    const blocksOfNode = Math.min(blocksPerHost, Math.ceil((perNode + 1) / perBlock));
    const blocks = own.reduce((sum, pool) => sum + Math.floor(2 ** (pool.blockSize - pool.cidr.prefix)), 0);
    return {
      nodes: {
        limit: Math.floor(blocks / blocksOfNode),
        because: `${blocks} blocks of /${blockSize}, ${blocksOfNode} for each node, in IP pool ${own.map(({ name }) => name).join(', ')}`,
      },
      perNode,
    };
  });
  return {
    nodes: smallest(byFamily.map(({ nodes }) => nodes)),
    perNode: Math.min(...byFamily.map(({ perNode }) => perNode)),
  };
}

function maxBlocksPerHost(model: NetworkModel): number {
  const configs = [...model.ofKind('IPAMConfiguration'), ...model.ofKind('IPAMConfig')];
  const configured = configs.map(({ manifest }) => positive(at(manifest, 'spec', 'maxBlocksPerHost')));
  return configured.find((count) => count !== undefined) ?? DEFAULT_BLOCKS_PER_HOST;
}

function serviceLimit(cluster: KnownCluster): Limit | null {
  const cidrs = cidrsOf(cluster, 'serviceCidrs');
  return smallest(
    families(cidrs).map((family) => {
      const own = cidrs.filter((cidr) => cidr.family === family);
      const limit = own.reduce((sum, cidr) => sum + Math.max(0, usableServices(family, hostBits(cidr))), 0);
      return { limit, because: `the addresses of ${own.map(formatCidr).join(', ')}` };
    }),
  );
}

function loadBalancerLimit(cluster: KnownCluster): Limit | null {
  const pools = (cluster.model?.loadBalancerPools ?? []).filter(({ disabled }) => !disabled);
  if (pools.length > 0) {
    const blocks = pools.flatMap((pool) => pool.blocks);
    return smallest(
      IP_FAMILIES.flatMap((family): Limit[] => {
        const own = blocks.filter(({ range }) => range.family === family);
        const size = own.reduce((sum, { range }) => sum + range.last - range.first + 1n, 0n);
        return own.length === 0
          ? []
          : [{ limit: Number(size), because: `the addresses of ${own.map((block) => block.text).join(', ')}` }];
      }),
    );
  }
  const cidrs = cidrsOf(cluster, 'loadBalancerCidrs');
  return smallest(
    families(cidrs).map((family) => {
      const own = cidrs.filter((cidr) => cidr.family === family);
      const size = own.reduce((sum, cidr) => sum + cidrSize(cidr), 0n);
      return { limit: Number(size), because: `the addresses of ${own.map(formatCidr).join(', ')}` };
    }),
  );
}

/** What the objects say goes before the plan: it is what runs. */
function cidrsOf(
  { plan, model }: KnownCluster,
  field: 'podCidrs' | 'serviceCidrs' | 'loadBalancerCidrs',
): readonly Cidr[] {
  return model?.facts[field] ?? plan?.[field].map(parseCidr) ?? [];
}

/** As the nodes have it, as the controller manager is told, or as planned. */
function nodeMask({ plan, model }: KnownCluster, family: IpFamily): number {
  const ofNodes = (model?.nodes ?? []).flatMap(({ podCidrs }) =>
    podCidrs.filter(({ value }) => value.family === family),
  );
  const first = ofNodes.at(0);
  if (first !== undefined) return first.value.prefix;
  return configuredMask(model, family) ?? plan?.nodeCidrMaskSize[family] ?? DEFAULT_NODE_MASK[family];
}

function configuredMask(model: NetworkModel | undefined, family: IpFamily): number | undefined {
  const names = [`node-cidr-mask-size-${family.toLowerCase()}`, 'node-cidr-mask-size'];
  const masks = (model?.configs ?? [])
    .filter(({ kind }) => kind === 'ClusterConfiguration')
    .flatMap((config) => names.flatMap((name) => extraArgument(config, 'controllerManager', name)))
    .map(({ content }) => Number(content));
  return masks.find((mask) => Number.isInteger(mask) && mask > 0);
}

function families(cidrs: readonly Cidr[]): IpFamily[] {
  return IP_FAMILIES.filter((family) => cidrs.some((cidr) => cidr.family === family));
}

function smallest(limits: readonly Limit[]): Limit | null {
  return limits.toSorted((a, b) => a.limit - b.limit).at(0) ?? null;
}
