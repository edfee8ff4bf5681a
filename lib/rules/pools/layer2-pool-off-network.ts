import { addressSet, formatCidr, rangeOfCidr, rangesOverlap } from '../../address';
import { at, flatMap, isCilium, list, type LoadBalancerPool, type NetworkModel } from '../../model';
import { rangeText } from '../../plan';
import type { NetworkRule } from '../network-rule';
import { announcedPools, ofMetalLb } from './metallb-advertisements';

/**
 * An address is announced by ARP or NDP to those who ask for it on the network of the nodes, and nobody asks there for an address of another
 * network: routers send it elsewhere (MetalLB, "Layer 2 mode"; Cilium, "L2 Announcements").
 */
export const layer2PoolOffNetwork: NetworkRule = {
  code: 'NL683',
  slug: 'layer2-pool-off-network',
  severity: 'warning',
  title: 'A pool that is announced by ARP or NDP alone lies outside of the network of the nodes',
  needs: ['nodeCidrs'],
  concerns: (model) => layer2Pools(model).length > 0,
  check(model, report) {
    const networks = model.facts.nodeCidrs ?? [];
    const nodes = addressSet(networks.map(rangeOfCidr));
    for (const { object, blocks } of layer2Pools(model)) {
      for (const { range, path } of blocks) {
        const isKnown = networks.some(({ family }) => family === range.family);
        if (!isKnown || nodes.ranges.some((network) => rangesOverlap(network, range))) continue;
        report({
          on: object,
          field: path,
          message: `${rangeText(range)} is announced by ARP or NDP alone, and lies outside of the network of the nodes, ${networks.map(formatCidr).join(', ')}`,
          help: 'take addresses of the network of the nodes, announce the pool by BGP, or name the interface of the other network in the advertisement',
        });
      }
    }
  },
};

/** Those that no router is told of. An advertisement that names interfaces may be for another network of the nodes. */
function layer2Pools(model: NetworkModel): readonly LoadBalancerPool[] {
  const poolsOf = announcedPools(model);
  const routed = new Set(flatMap(ofMetalLb(model, 'BGPAdvertisement'), poolsOf));
  const elsewhere = ofMetalLb(model, 'L2Advertisement').filter(namesInterfaces);
  const byInterface = new Set(flatMap(elsewhere, poolsOf));
  const ofMetal = new Set(flatMap(ofMetalLb(model, 'L2Advertisement'), poolsOf));
  const cilium = model
    .ofKind('CiliumL2AnnouncementPolicy')
    .filter((object) => isCilium(object, 'CiliumL2AnnouncementPolicy'));
  const isRouted = ['CiliumBGPAdvertisement', 'CiliumBGPPeeringPolicy', 'CiliumBGPClusterConfig'].some(
    (kind) => model.ofKind(kind).length > 0,
  );
  const ofCilium = cilium.length > 0 && !isRouted && !cilium.some(namesInterfaces);
  return model.loadBalancerPools.filter(
    (pool) =>
      !pool.disabled &&
      (pool.implementation === 'Cilium' ? ofCilium : ofMetal.has(pool) && !routed.has(pool) && !byInterface.has(pool)),
  );
}

function namesInterfaces({ manifest }: { readonly manifest: unknown }): boolean {
  return list(at(manifest, 'spec', 'interfaces')).length > 0;
}
