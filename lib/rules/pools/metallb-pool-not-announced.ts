import { objectText } from '../../finding/finding';
import {
  at,
  flatMap,
  labelIndex,
  type LoadBalancerPool,
  list,
  type NetworkModel,
  poolRequests,
  readLabelSelector,
  type Service,
  textMap,
} from '../../model';
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
      .map((of) => ({ of, labels: textMap(at(of.object.manifest, 'metadata', 'labels')) }));
    const byLabel = labelIndex(pools);
    const selected = new Set(
      flatMap(known, ({ object }) =>
        flatMap(list(at(object.manifest, 'spec', 'ipAddressPoolSelectors')), (selector) =>
          byLabel.select(readLabelSelector(selector)),
        ),
      ),
    );
    const neededBy = known.length === 0 && pools.length > 0 ? servicesInNeed(model) : new Map<unknown, Service>();
    for (const pool of pools) {
      if (selected.has(pool)) continue;
      const { object, name } = pool.of;
      const service = neededBy.get(pool.of);
      report({
        on: object,
        field: ['spec', 'addresses'],
        // Where there is no advertisement at all, and no Service that needs one, both may be elsewhere.
        ...(known.length === 0 && service === undefined && { severity: 'info' }),
        message: `no L2Advertisement or BGPAdvertisement announces the pool ${name}`,
        ...(service && {
          related: [
            {
              on: service.object,
              field: ['spec', 'type'],
              message: `${objectText(service.object.ref)} gets its address from it`,
            },
          ],
        }),
        help:
          known.length === 0
            ? 'add an L2Advertisement (or a BGPAdvertisement) in the same namespace: without one nobody learns where the addresses are'
            : 'name the pool in the ipAddressPools of one of the advertisements, or leave ipAddressPools out to announce all pools',
      });
    }
  },
};

/** By pool, the first of the Services that get an address of it. */
function servicesInNeed(model: NetworkModel): ReadonlyMap<unknown, Service> {
  const first = new Map<LoadBalancerPool, Service>();
  for (const { service, pools } of poolRequests(model)) {
    for (const pool of pools) if (!first.has(pool)) first.set(pool, service);
  }
  return first;
}
