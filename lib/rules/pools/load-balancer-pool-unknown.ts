import { at, flatMap, POOL_ANNOTATIONS, similarNames, textMap } from '../../model';
import { advertisements } from './metallb-advertisements';
import type { NetworkRule } from '../network-rule';

/** "unknown pool": the Service stays without an address (MetalLB allocator); an advertisement of such a pool announces nothing. */
export const loadBalancerPoolUnknown: NetworkRule = {
  code: 'NL634',
  slug: 'load-balancer-pool-unknown',
  severity: 'warning',
  title: 'A pool of MetalLB is named that is not there',
  check(model, report) {
    const names = [
      ...new Set(
        flatMap(model.loadBalancerPools, ({ implementation, name }) => (implementation === 'MetalLB' ? [name] : [])),
      ),
    ];
    // Without any pool the input says nothing about pools.
    if (names.length === 0) return;
    const known = new Set(names);
    const similar = similarNames(names, (name) => name);
    const help = (name: string): string => {
      const nearest = similar(name);
      return nearest === undefined
        ? `there are ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`
        : `did you mean ${nearest}?`;
    };
    for (const { object } of model.services) {
      const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
      for (const annotation of POOL_ANNOTATIONS) {
        const name = annotations.get(annotation);
        if (name === undefined || known.has(name)) continue;
        report({
          on: object,
          field: ['metadata', 'annotations', annotation],
          message: `the pool ${JSON.stringify(name)} is not among the pools of MetalLB here`,
          help: help(name),
        });
      }
    }
    for (const { object, poolNames } of advertisements(model)) {
      for (const [index, name] of poolNames.entries()) {
        if (known.has(name)) continue;
        report({
          on: object,
          field: ['spec', 'ipAddressPools', index],
          message: `the pool ${JSON.stringify(name)} is not among the pools of MetalLB here`,
          help: help(name),
        });
      }
    }
  },
};
