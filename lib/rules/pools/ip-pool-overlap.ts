import { type Cidr, cidrsOverlap, overlapsOfEach, formatCidr, rangeOfCidr } from '../../address';
import { objectText } from '../../finding/finding';
import { below, type IpPool, isInstallation } from '../../model';
import { moreText } from '../../plan';
import type { NetworkRule } from '../network-rule';
import { REPORTED_OVERLAPS } from '../reported-overlaps';

/**
 * Calico refuses overlapping pools, or never allocates from the later one; services and nodes share no address with pods. A
 * disabled pool does not stand in the way of another: that is how pools are replaced, and worth a look only.
 */
export const ipPoolOverlap: NetworkRule = {
  code: 'NL601',
  slug: 'ip-pool-overlap',
  severity: 'error',
  title: 'An IPPool overlaps another pool, the services or the nodes',
  check(model, report) {
    const overlaps = overlapsOfEach(model.ipPools, ({ cidr }) => rangeOfCidr(cidr), {
      most: REPORTED_OVERLAPS,
      mayOverlap: (a, b) => a.name === b.name || (a.disabled && b.disabled) || isSamePool(a, b),
      groupOf: ({ disabled }) => disabled,
    });
    for (const { a, b, more } of overlaps) {
      const [other, pool] = more > 0 || comesFirst(a, b) ? [a, b] : [b, a];
      report({
        on: pool.object,
        field: below(pool.path, 'cidr'),
        message: `${formatCidr(pool.cidr)} overlaps ${formatCidr(other.cidr)} of ${objectText(other.object.ref)}${other.disabled ? ', which is disabled' : ''}${moreText(more)}`,
        ...((other.disabled || pool.disabled) && { severity: 'warning' }),
        related: [{ on: other.object, field: below(other.path, 'cidr'), message: 'the other pool' }],
        help: other.disabled
          ? 'remove the disabled pool when no pod has an address of it any more'
          : 'pools must be disjoint: shrink or move one of them, or disable the one that is being replaced',
      });
    }
    for (const pool of model.ipPools) {
      const others: readonly { name: string; cidrs: readonly Cidr[] }[] = [
        { name: 'service CIDR', cidrs: model.facts.serviceCidrs ?? [] },
        // Load balancer addresses are often part of the nodes' network, to be announced there.
        { name: 'node network', cidrs: pool.forWorkloads ? (model.facts.nodeCidrs ?? []) : [] },
      ];
      for (const { name, cidrs } of others) {
        const other = cidrs.find((cidr) => cidrsOverlap(cidr, pool.cidr));
        if (other === undefined) continue;
        report({
          on: pool.object,
          field: below(pool.path, 'cidr'),
          message: `${formatCidr(pool.cidr)} overlaps the ${name} ${formatCidr(other)}`,
          help: 'a pool needs addresses that nothing else uses: move it',
        });
      }
    }
  },
};

/** Whether `a` is the one that was there: a disabled pool is on its way out, otherwise the name decides. */
function comesFirst(a: IpPool, b: IpPool): boolean {
  return a.disabled === b.disabled ? a.name < b.name : a.disabled;
}

/** The operator makes an IPPool of each pool of the Installation, and both are found in a dump of a cluster. */
function isSamePool(a: IpPool, b: IpPool): boolean {
  return formatCidr(a.cidr) === formatCidr(b.cidr) && (isInstallation(a.object) || isInstallation(b.object));
}
