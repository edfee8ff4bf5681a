import { overlapsOfEach } from '../../address';
import { compareText, objectText } from '../../finding/finding';
import { flatMap, type LoadBalancerPool, type PoolBlock } from '../../model';
import { moreText } from '../../plan';
import type { NetworkRule } from '../network-rule';
import { REPORTED_OVERLAPS } from '../reported-overlaps';

interface Block extends PoolBlock {
  readonly pool: LoadBalancerPool;
}

/**
 * MetalLB refuses the later pool ("CIDR … overlaps with already defined CIDR"), Cilium stops giving out its addresses (condition
 * PoolConflict), and two implementations would give one address twice. Pools of Calico among themselves are those of `ip-pool-overlap`.
 */
export const loadBalancerPoolOverlap: NetworkRule = {
  code: 'NL631',
  slug: 'load-balancer-pool-overlap',
  severity: 'error',
  title: 'Two pools of load balancer addresses overlap',
  check(model, report) {
    const blocks = flatMap(
      model.loadBalancerPools.filter(({ disabled }) => !disabled),
      (pool) => pool.blocks.map((block): Block => ({ ...block, pool })),
    );
    const overlaps = overlapsOfEach(blocks, ({ range }) => range, {
      most: REPORTED_OVERLAPS,
      mayOverlap: (a, b) => a.pool.implementation === 'Calico' && b.pool.implementation === 'Calico',
      groupOf: ({ pool }) => pool.implementation,
    });
    for (const { a, b, more } of overlaps) {
      const [first, second] = more > 0 || compareBlocks(a, b) <= 0 ? [a, b] : [b, a];
      const same = first.pool.implementation === second.pool.implementation;
      report({
        on: second.pool.object,
        field: second.path,
        ...(!same && { severity: 'warning' }),
        message: `${second.text} overlaps ${first.text} of ${first.pool === second.pool ? 'the same pool' : objectText(first.pool.object.ref)}${moreText(more)}`,
        related: [{ on: first.pool.object, field: first.path, message: 'the other range' }],
        help: same
          ? 'an address belongs to one pool: shrink or remove one of the two ranges'
          : `${first.pool.implementation} and ${second.pool.implementation} would both give out these addresses: leave them to one of the two`,
      });
    }
  },
};

function compareBlocks(a: Block, b: Block): number {
  return (
    compareText(objectText(a.pool.object.ref), objectText(b.pool.object.ref)) ||
    compareText(a.path.slice(0, -1).join('.'), b.path.slice(0, -1).join('.')) ||
    Number(a.path.at(-1)) - Number(b.path.at(-1))
  );
}
