import { at, flatMap, labelIndex, list, readLabelSelector, textMap } from '../../model';
import { advertisements } from './metallb-advertisements';
import type { NetworkRule } from '../network-rule';

/** A Service gets an address of such a pool, and nobody can reach it (metallb/metallb, internal/config: setL2AdvertisementsToPools). */
export const metallbPoolNotAnnounced: NetworkRule = {
  code: 'NL632',
  slug: 'metallb-pool-not-announced',
  severity: 'warning',
  title: 'No advertisement announces a pool of MetalLB',
  check(model, report) {
    const known = advertisements(model);
    // One without names and selectors announces every pool.
    const everything = known.some(({ poolNames, selectsByLabel }) => poolNames.length === 0 && !selectsByLabel);
    if (everything) return;
    const names = new Set(flatMap(known, ({ poolNames }) => poolNames));
    const pools = model.loadBalancerPools
      .filter(({ implementation, name }) => implementation === 'MetalLB' && !names.has(name))
      .map(({ object, name }) => ({ object, name, labels: textMap(at(object.manifest, 'metadata', 'labels')) }));
    const byLabel = labelIndex(pools);
    const selected = new Set(
      flatMap(known, ({ object }) =>
        flatMap(list(at(object.manifest, 'spec', 'ipAddressPoolSelectors')), (selector) =>
          byLabel.select(readLabelSelector(selector)),
        ),
      ),
    );
    for (const pool of pools) {
      if (selected.has(pool)) continue;
      const { object, name } = pool;
      report({
        on: object,
        field: ['spec', 'addresses'],
        // Where there is no advertisement at all they may be elsewhere.
        ...(known.length === 0 && { severity: 'info' }),
        message: `no L2Advertisement or BGPAdvertisement announces the pool ${name}`,
        help:
          known.length === 0
            ? 'add an L2Advertisement (or a BGPAdvertisement) in the same namespace: without one nobody learns where the addresses are'
            : 'name the pool in the ipAddressPools of one of the advertisements, or leave ipAddressPools out to announce all pools',
      });
    }
  },
};
