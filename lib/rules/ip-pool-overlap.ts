import { type Cidr, cidrsOverlap, findOverlaps, formatCidr, rangeOfCidr } from '../address';
import { objectText } from '../finding/finding';
import type { NetworkRule } from './network-rule';

/** Calico refuses overlapping pools, or never allocates from the later one; services and nodes share no address with pods. */
export const ipPoolOverlap: NetworkRule = {
  code: 'NL601',
  slug: 'ip-pool-overlap',
  severity: 'error',
  title: 'An IPPool overlaps another pool, the services or the nodes',
  check(model, report) {
    const enabled = model.ipPools.filter(({ disabled }) => !disabled);
    for (const { a, b } of findOverlaps(enabled, ({ cidr }) => rangeOfCidr(cidr))) {
      const [first, second] = a.name < b.name ? [a, b] : [b, a];
      if (first.name === second.name) continue;
      report({
        on: second.object,
        field: ['spec', 'cidr'],
        message: `${formatCidr(second.cidr)} overlaps ${formatCidr(first.cidr)} of ${objectText(first.object.ref)}`,
        related: [{ on: first.object, field: ['spec', 'cidr'], message: 'the other pool' }],
        help: 'pools must be disjoint: shrink or move one of them, or disable the one that is being replaced',
      });
    }
    const others: { name: string; cidrs: readonly Cidr[] }[] = [
      { name: 'service CIDR', cidrs: model.facts.serviceCidrs ?? [] },
      { name: 'node network', cidrs: model.facts.nodeCidrs ?? [] },
    ];
    for (const pool of model.ipPools) {
      if (!pool.forWorkloads) continue;
      for (const { name, cidrs } of others) {
        const other = cidrs.find((cidr) => cidrsOverlap(cidr, pool.cidr));
        if (other === undefined) continue;
        report({
          on: pool.object,
          field: ['spec', 'cidr'],
          message: `${formatCidr(pool.cidr)} overlaps the ${name} ${formatCidr(other)}`,
          help: 'pods need addresses that nothing else uses: move the pool',
        });
      }
    }
  },
};
