import { addressBits, cidrSize, formatCidr, type IpFamily } from '../address';
import type { RuledProblem } from '../finding/problem';
import { podsOfMask } from '../plan/sizing';
import { own } from '../syntax/own-member';
import type { Labels, NodeGroupInput, PodNetworkMigration, Pool } from './pod-network-spec';
import { MIGRATION_NODES_UNCOVERED, MIGRATION_TOO_SMALL } from './rules';

/** Calico gives a node no more blocks unless IPAMConfiguration says otherwise, whose 0 means this, too. */
const MAX_BLOCKS_PER_NODE = 20;

/** Whether all pods of all nodes fit into the target, all at once. */
export function capacityProblems(migration: PodNetworkMigration): RuledProblem[] {
  const { from, to, temporaryPool } = migration;
  const families = [...new Set(to.podCidrs.map(({ family }) => family))];
  return [
    ...families.flatMap((family) =>
      from.cni === 'calico'
        ? [
            ...uncoveredProblems(
              migration.nodeGroups,
              family,
              from.pools,
              'the source',
              'give all pools that the cluster has: pods of these nodes have addresses of one that is not given',
            ),
            ...poolProblems(migration, family, to.pools, 'the target'),
            ...(temporaryPool?.cidr.family === family
              ? poolProblems(migration, family, [temporaryPool], 'temporaryPool')
              : []),
          ]
        : nodeRangeProblems(migration, family),
    ),
    ...waveProblems(migration),
  ];
}

function poolProblems(
  { nodeGroups, podsPerNode }: PodNetworkMigration,
  family: IpFamily,
  all: readonly Pool[],
  where: string,
): RuledProblem[] {
  const pools = all.filter(({ cidr }) => cidr.family === family);
  const usable = new Map(nodeGroups.map((group) => [group, pools.filter((pool) => selects(pool, group))]));
  // Hall's condition, for the sets of pools that some group may use.
  const sets = new Map([...usable.values()].map((set) => [set.map(({ name }) => name).join(), set]));
  return [
    ...uncoveredProblems(
      nodeGroups,
      family,
      all,
      where,
      'add a pool whose nodeLabels these nodes have, or one without nodeLabels',
    ),
    ...[...sets.values()]
      .filter((set) => set.length > 0)
      .flatMap((set) => {
        const groups = nodeGroups.filter((group) => {
          const own = usable.get(group) ?? [];
          return own.length > 0 && own.every((pool) => set.includes(pool));
        });
        const nodes = sum(groups.map((group) => group.nodes));
        const room = sum(set.map((pool) => nodesOf(pool, podsPerNode)));
        if (room >= nodes) return [];
        return [
          {
            rule: MIGRATION_TOO_SMALL,
            message: `${set.map((pool) => `${pool.name} ${formatCidr(pool.cidr)}`).join(', ')} of ${where} has blocks for ${counted(room, 'node')} of ${podsPerNode} pods, and ${nodes} run: ${set.map((pool) => blocksText(pool, podsPerNode)).join('; ')}`,
            help: 'give larger pools, or smaller blocks to more nodes; every node needs its blocks at the same time',
          },
        ];
      }),
  ];
}

function uncoveredProblems(
  groups: readonly NodeGroupInput[],
  family: IpFamily,
  pools: readonly Pool[],
  where: string,
  help: string,
): RuledProblem[] {
  return groups
    .filter((group) => !pools.some((pool) => pool.cidr.family === family && selects(pool, group)))
    .map((group) => ({
      rule: MIGRATION_NODES_UNCOVERED,
      message: `no ${family} pool of ${where} gives addresses to the ${counted(group.nodes, 'node')} of ${group.name} (${labelsText(group.labels ?? {})})`,
      help,
    }));
}

function nodesOf(pool: Pool, podsPerNode: number): number {
  const each = blocksPerNode(pool, podsPerNode);
  return each > MAX_BLOCKS_PER_NODE ? 0 : Math.floor(2 ** (pool.blockSize - pool.cidr.prefix) / each);
}

function blocksPerNode({ cidr, blockSize, encapsulation }: Pool, podsPerNode: number): number {
  const tunnel = encapsulation === 'None' ? 0 : 1;
  return Math.ceil((podsPerNode + tunnel) / 2 ** (addressBits(cidr.family) - blockSize));
}

function blocksText(pool: Pool, podsPerNode: number): string {
  const each = blocksPerNode(pool, podsPerNode);
  const most = each > MAX_BLOCKS_PER_NODE ? `, and Calico gives a node ${MAX_BLOCKS_PER_NODE} at most` : '';
  return `${counted(2 ** (pool.blockSize - pool.cidr.prefix), 'block')} of /${pool.blockSize}, ${each} for each node${most}`;
}

function nodeRangeProblems({ to, nodeGroups, podsPerNode }: PodNetworkMigration, family: IpFamily): RuledProblem[] {
  const mask = to.nodeMask[family];
  const cidrs = to.podCidrs.filter((cidr) => cidr.family === family);
  const room = sum(cidrs.map(({ prefix }) => (prefix > mask ? 0 : 2 ** (mask - prefix))));
  const nodes = sum(nodeGroups.map((group) => group.nodes));
  // Cilium keeps two addresses of each block for itself, the bridge of Flannel three.
  const pods = to.cni === 'cilium' ? 2 ** (addressBits(family) - mask) - 2 : podsOfMask(family, mask);
  return [
    ...(room >= nodes
      ? []
      : [
          {
            rule: MIGRATION_TOO_SMALL,
            message: `${cidrs.map(formatCidr).join(', ')} has pod CIDRs of /${mask} for ${counted(room, 'node')}, and ${nodes} run`,
            help: 'give a larger range',
          },
        ]),
    ...(pods >= podsPerNode
      ? []
      : [
          {
            rule: MIGRATION_TOO_SMALL,
            message: `a pod CIDR of /${mask} holds ${pods} pods, and a node runs ${podsPerNode}`,
            help: 'give a smaller nodeCidrMaskSize',
          },
        ]),
  ];
}

/** The pods of the nodes that are drained have to run on the others. */
function waveProblems({ pods, podsPerNode, nodeGroups, waveSize, restart, to }: PodNetworkMigration): RuledProblem[] {
  if (pods === undefined) return [];
  const nodes = sum(nodeGroups.map((group) => group.nodes));
  const room = (nodes - (restart === 'drain' ? waveSize : 0)) * podsPerNode;
  const addresses = to.pools
    .filter(({ cidr }) => cidr.family === to.podCidrs.at(0)?.family)
    .reduce((total, { cidr }) => total + cidrSize(cidr), 0n);
  return [
    ...(room >= pods
      ? []
      : [
          {
            rule: MIGRATION_TOO_SMALL,
            message: `while ${counted(waveSize, 'node')} of ${nodes} are drained, the others have room for ${room} pods, and ${pods} run`,
            help: 'drain fewer nodes at a time, or add nodes for the time of the migration',
          },
        ]),
    ...(to.cni !== 'calico' || addresses >= BigInt(pods)
      ? []
      : [
          {
            rule: MIGRATION_TOO_SMALL,
            message: `the pools of the target have ${String(addresses)} addresses, and ${pods} pods run`,
            help: 'give larger pools',
          },
        ]),
  ];
}

/** Whether the nodes of the group may use the pool. */
function selects({ nodeLabels }: Pool, { labels = {} }: NodeGroupInput): boolean {
  return Object.entries(nodeLabels).every(([key, value]) => own(labels, key) === value);
}

function labelsText(labels: Labels): string {
  const texts = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return texts.length === 0 ? 'no labels' : texts.sort().join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
