import { formatCidr } from '../../address';
import { identityOf, type RangeSetting, type StatedRanges } from '../../model';
import { changed, type ChangeRule } from '../change-rule';

/** Each with a rule of its own; calico-node does not look at its default once there is a pool. */
const OTHER_RULES: ReadonlySet<RangeSetting> = new Set([
  'ServiceCIDR',
  'CiliumPodIPPool',
  'default pool of calico-node',
]);

export const clusterRangeChange: ChangeRule = {
  code: 'NL818',
  slug: 'cluster-range-change',
  severity: 'warning',
  title: 'A range of the cluster itself changes',
  check({ before, after }, report) {
    const old = new Map(before.statements.ranges.map((stated) => [keyOf(stated), stated]));
    for (const stated of after.statements.ranges) {
      const earlier = old.get(keyOf(stated));
      if (earlier === undefined || OTHER_RULES.has(stated.setting)) continue;
      const [from, to] = [earlier, stated].map(cidrTexts);
      const isPrefix = from.every((cidr, index) => to[index] === cidr);
      if (from.join() === to.join() || (isPrefix && stated.setting === 'cluster pool of Cilium')) continue;
      report({
        ...changed({ before: earlier.object, after: stated.object }, stated.entries.at(0)?.path ?? [], {
          message: `${stated.setting} changes from ${from.join(', ')} to ${to.join(', ')}`,
          help: isPrefix
            ? 'adding a second family restarts the components of the cluster, and there is no way back: do it on all of them together'
            : stated.role === 'pods'
              ? 'nodes keep the range that they have: every node must be created anew, and every component that knows the range be changed'
              : 'Services keep the addresses that they have, and certificates name one: add a ServiceCIDR, or plan a new cluster',
        }),
        related: [{ on: earlier.object, field: earlier.entries.at(0)?.path ?? [], message: 'before the change' }],
      });
    }
  },
};

function keyOf({ object, setting }: StatedRanges): string {
  return `${identityOf(object.ref)}\0${setting}`;
}

function cidrTexts({ entries }: StatedRanges): string[] {
  return entries.map(({ text, cidr }) => (cidr === undefined ? text : formatCidr(cidr)));
}
