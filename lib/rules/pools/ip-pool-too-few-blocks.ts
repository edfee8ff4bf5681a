import { addressBits, formatCidr, type IpFamily } from '../../address';
import { below, type IpPool } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Each node with a pod holds at least one block; one that gets none borrows single addresses of others, or its pods do not start (Calico, block sizes). */
export const ipPoolTooFewBlocks: NetworkRule = {
  code: 'NL611',
  slug: 'ip-pool-too-few-blocks',
  severity: 'warning',
  title: 'The IPPools have fewer blocks than there are nodes',
  check(model, report) {
    const nodes = BigInt(model.nodes.length);
    for (const family of ['IPv4', 'IPv6'] as const) {
      const pools = poolsOf(family, model.ipPools);
      const blocks = pools.reduce((sum, pool) => sum + blocksOf(pool), 0n);
      if (pools.length === 0 || blocks >= nodes) continue;
      const [{ object, path, cidr, blockSize }] = pools;
      report({
        on: object,
        field: below(path, 'blockSize'),
        message:
          pools.length === 1
            ? `${formatCidr(cidr)} has ${blocks === 1n ? 'one block' : `${blocks} blocks`} of /${blockSize}, and there are ${nodes} nodes`
            : `${pools.length} pools have ${blocks} blocks in all, and there are ${nodes} nodes`,
        help: 'use a larger pool, add another one, or replace it by a pool of smaller blocks; blockSize cannot be changed in place',
      });
    }
  },
};

function poolsOf(family: IpFamily, pools: readonly IpPool[]): readonly IpPool[] {
  return pools.filter(({ cidr, forWorkloads, disabled }) => cidr.family === family && forWorkloads && !disabled);
}

function blocksOf({ cidr, blockSize }: IpPool): bigint {
  const size = Math.min(blockSize, addressBits(cidr.family));
  return size < cidr.prefix ? 0n : 1n << BigInt(size - cidr.prefix);
}
