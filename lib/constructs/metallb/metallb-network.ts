import { Chart } from 'cdk8s';
import { compareText } from '../../finding/finding';
import { NetworkSynthesis } from '../../synth';
import type { ClusterNetwork } from '../cluster/cluster-network';
import { CONTRADICTING_PROPS } from '../objects/object-rules';
import { BgpAdvertisement } from './bgp-advertisement';
import { IpAddressPool } from './ip-address-pool';
import { L2Advertisement } from './l2-advertisement';
import { MetalLbBgpPeer } from './metallb-bgp-peer';
import type { MetalLbOptions } from './metallb-options';

/** MetalLB for a cluster: one pool with all its load balancer ranges, and how they are announced. */
export function renderMetalLb(cluster: ClusterNetwork, options: MetalLbOptions): void {
  const { autoAssign, avoidBuggyIps, interfaces, poolName = 'default', namespace = 'metallb-system' } = options;
  const chart = new Chart(cluster, 'metallb', { namespace });
  const peers = Object.entries(options.bgpPeers ?? {}).sort(([a], [b]) => compareText(a, b));
  // A Service with both families gets both addresses from one pool.
  const pool = new IpAddressPool(chart, 'pool', {
    name: poolName,
    addresses: cluster.loadBalancerCidrs,
    autoAssign,
    avoidBuggyIps,
  });
  const l2 = options.l2 ?? peers.length === 0;
  if (l2) new L2Advertisement(chart, 'l2', { name: pool.name, ipAddressPools: [pool.name], interfaces });
  for (const [name, peering] of peers) new MetalLbBgpPeer(chart, `peer-${name}`, { ...peering, name });
  if (peers.length > 0) new BgpAdvertisement(chart, 'bgp', { name: pool.name, ipAddressPools: [pool.name] });

  NetworkSynthesis.of(cluster).check(cluster, () => [
    ...(cluster.loadBalancerCidrs.length > 0
      ? []
      : [
          {
            rule: CONTRADICTING_PROPS,
            message: `cluster ${cluster.name} has no load balancer range for MetalLB`,
            help: 'give the cluster loadBalancers, or loadBalancerCidrs',
          },
        ]),
    ...(l2 || peers.length > 0
      ? []
      : [
          {
            rule: CONTRADICTING_PROPS,
            message: 'l2 is false and there are no bgpPeers: addresses are given and never announced',
            help: 'leave l2 out, or give bgpPeers',
          },
        ]),
    ...(interfaces === undefined || l2
      ? []
      : [
          {
            rule: CONTRADICTING_PROPS,
            message: 'interfaces are given, and l2 is off',
            help: 'set l2: true, or leave interfaces out',
          },
        ]),
  ]);
}
