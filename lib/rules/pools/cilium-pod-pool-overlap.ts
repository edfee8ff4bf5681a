import { type Cidr, overlapsOfEach, formatCidr, rangeOfCidr } from '../../address';
import { compareText, objectText } from '../../finding/finding';
import { type FieldPath, flatMap, type StatedRanges } from '../../model';
import { moreText } from '../../plan';
import type { NetworkRule } from '../network-rule';
import { REPORTED_OVERLAPS } from '../reported-overlaps';

interface PoolRange {
  readonly stated: StatedRanges;
  readonly cidr: Cidr;
  readonly path: FieldPath;
}

/** "overlapping pools are not supported", and Cilium does not check it (Cilium, multi-pool IPAM). */
export const ciliumPodPoolOverlap: NetworkRule = {
  code: 'NL637',
  slug: 'cilium-pod-pool-overlap',
  severity: 'error',
  title: 'Two CiliumPodIPPools overlap',
  check(model, report) {
    const ranges = flatMap(
      model.statements.ranges.filter(({ setting }) => setting === 'CiliumPodIPPool'),
      (stated) =>
        flatMap(stated.entries, ({ cidr, path }): readonly PoolRange[] =>
          cidr === undefined ? [] : [{ stated, cidr, path }],
        ),
    );
    for (const { a, b, more } of overlapsOfEach(ranges, ({ cidr }) => rangeOfCidr(cidr), { most: REPORTED_OVERLAPS })) {
      const [first, second] = more > 0 || compareText(keyOf(a), keyOf(b)) <= 0 ? [a, b] : [b, a];
      report({
        on: second.stated.object,
        field: second.path,
        message: `${formatCidr(second.cidr)} overlaps ${formatCidr(first.cidr)} of ${objectText(first.stated.object.ref)}${moreText(more)}`,
        related: [{ on: first.stated.object, field: first.path, message: 'the other range' }],
        help: 'two nodes would give out the same pod addresses: give each pool a range of its own',
      });
    }
  },
};

function keyOf({ stated, path }: PoolRange): string {
  return [stated.object.ref.name, ...path.map((key) => String(key).padStart(6, '0'))].join('\0');
}
