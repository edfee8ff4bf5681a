import { objectText } from '../../finding/finding';
import type { StatedRanges } from '../../model';
import type { NetworkRule } from '../network-rule';

/** These have a field for each family. */
const UNORDERED: ReadonlySet<StatedRanges['setting']> = new Set(['Network of Flannel', 'cluster pool of Cilium']);

/** The first family is the primary one, for pods and Services alike (dual-stack, KEP-563). */
export const familyOrderDisagreement: NetworkRule = {
  code: 'NL138',
  slug: 'family-order-disagreement',
  severity: 'warning',
  title: 'Dual-stack ranges of the cluster have different orders',
  check(model, report) {
    const dual = model.statements.ranges.filter(
      (stated) => !UNORDERED.has(stated.setting) && familiesOf(stated).length === 2,
    );
    const [first, ...others] = dual;
    for (const other of others) {
      if (familiesOf(other)[0] === familiesOf(first)[0]) continue;
      report({
        on: other.object,
        field: other.entries[0].path,
        message: `${other.setting} has ${familiesOf(other)[0]} first, and ${first.setting} has ${familiesOf(first)[0]} first`,
        related: [
          {
            on: first.object,
            field: first.entries[0].path,
            message: `${first.setting}, in ${objectText(first.object.ref)}`,
          },
        ],
        help: 'the first family is the primary one: use one order everywhere',
      });
    }
  },
};

function familiesOf({ entries }: StatedRanges): readonly ('IPv4' | 'IPv6')[] {
  return [...new Set(entries.flatMap(({ cidr }) => cidr?.family ?? []))];
}
