import { addressBits, formatCidr, type IpFamily } from '../../address';
import { below, concat, flatMap, type IpPool } from '../../model';
import { groupBy } from '../../model/lookup';
import type { NetworkRule } from '../network-rule';
import { nodeSelection, type NodeSelection } from './node-selection';

/** Each node with a pod holds at least one block; one that gets none borrows single addresses of others, or its pods do not start (Calico, block sizes). */
export const ipPoolTooFewBlocks: NetworkRule = {
  code: 'NL611',
  slug: 'ip-pool-too-few-blocks',
  severity: 'warning',
  title: 'The IPPools have fewer blocks than there are nodes',
  check(model, report) {
    const selection = nodeSelection(model);
    for (const family of ['IPv4', 'IPv6'] as const) {
      const all = { pools: poolsOf(family, model.ipPools), nodes: model.nodes.length };
      const short = isShort(all) ? [all] : shortShares(all.pools, selection);
      for (const { pools, nodes } of short) {
        const [{ object, path, cidr, blockSize }] = pools;
        const blocks = blocksOf(pools);
        const have =
          pools.length === 1
            ? `${formatCidr(cidr)} has ${blocks === 1n ? 'one block' : `${blocks} blocks`} of /${blockSize}`
            : `${pools.length} pools have ${blocks} blocks in all`;
        const need =
          nodes === model.nodes.length ? `there are ${nodes} nodes` : `${nodes} nodes are selected by no other pool`;
        report({
          on: object,
          field: below(path, 'blockSize'),
          message: `${have}, and ${need}`,
          help: 'use a larger pool, add another one, or replace it by a pool of smaller blocks; blockSize cannot be changed in place',
        });
      }
    }
  },
};

/** Pools, and how many nodes get addresses of no others. */
interface Share {
  readonly pools: readonly IpPool[];
  readonly nodes: number;
}

function isShort({ pools, nodes }: Share): boolean {
  return pools.length > 0 && blocksOf(pools) < BigInt(nodes);
}

/** By the pools that may select a node, without the nodes that one with blocks for all of them may select. */
function shortShares(pools: readonly IpPool[], { alike, among }: NodeSelection): readonly Share[] {
  const count = alike.reduce((sum, nodes) => sum + nodes.length, 0);
  const isSmall = (pool: IpPool): boolean => isShort({ pools: [pool], nodes: count });
  const small = pools.filter(isSmall);
  const large = pools.filter((pool) => !isSmall(pool));
  const amongLarge = among(large);
  const { untold, selecting } = among(small);
  const places = new Map(small.map((pool, index) => [pool, index]));
  const placeOf = (pool: IpPool): number => places.get(pool) ?? NaN;
  const sorted = (some: readonly IpPool[]): readonly IpPool[] => some.toSorted((a, b) => placeOf(a) - placeOf(b));
  const selected = alike
    .filter(([node]) => !amongLarge.maySelect(node))
    .map((nodes) => ({ nodes: nodes.length, pools: sorted(selecting(nodes[0])) }));
  const samePools = groupBy(selected, (share) => share.pools.map(placeOf).join());
  // Those that may select any node are in each share: in a short one there are fewer of them than nodes.
  const everywhere = blocksOf(untold);
  return flatMap([...samePools.values()], (same) => {
    const nodes = same.reduce((sum, own) => sum + own.nodes, 0);
    if (everywhere >= BigInt(nodes)) return [];
    const share = { pools: sorted(concat(same[0].pools, untold)), nodes };
    return isShort(share) ? [share] : [];
  });
}

function poolsOf(family: IpFamily, pools: readonly IpPool[]): readonly IpPool[] {
  return pools.filter(
    ({ cidr, forWorkloads, disabled, onRequest }) => cidr.family === family && forWorkloads && !disabled && !onRequest,
  );
}

function blocksOf(pools: readonly IpPool[]): bigint {
  return pools.reduce((sum, { cidr, blockSize }) => {
    const size = Math.min(blockSize, addressBits(cidr.family));
    return size < cidr.prefix ? sum : sum + (1n << BigInt(size - cidr.prefix));
  }, 0n);
}
