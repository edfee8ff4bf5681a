import type { App } from 'cdk8s';
import { Cluster, IpFamily } from 'netloom';
import { addEdge } from './edge';
import { addNetwork } from './network';
import { addShop } from './shop';

/** One dual-stack cluster as it runs in production: three zones, a namespace where nothing is allowed that is not listed. */
export function production(app: App): void {
  const cluster = new Cluster(app, 'production', {
    // IPv4 is primary: a Service that asks for nothing has an IPv4 address.
    families: [IpFamily.IPV4, IpFamily.IPV6],
    kubernetesVersion: '1.34',
    supernets: ['10.128.0.0/12', 'fd3a:7b1c:52d0::/48'],
    // Allocations go around what others own, and around the network of the nodes.
    reserved: {
      'office-vpn': ['10.128.0.0/16'],
      warehouse: ['10.129.0.0/20', 'fd3a:7b1c:52d0:f000::/52'],
    },
    nodeNetwork: ['10.130.0.0/22', 'fd3a:7b1c:52d0:a::/64'],
    // Sizes, not ranges. A quarter more than today, and room for the pod range to double without moving.
    nodes: 180,
    podsPerNode: 110,
    services: 1500,
    headroom: 1.25,
    growth: true,
  });

  addNetwork(cluster);
  const ingressClass = addEdge(cluster);
  addShop(cluster, ingressClass);
}
