import type { App } from 'cdk8s';
import { CiliumIpam, CiliumRouting, Cni, Fleet } from 'netloom';

/** Three clusters with Cilium in one ClusterMesh: pods reach pods of the others by their own addresses. */
export function cilium(app: App): void {
  const routing = CiliumRouting.NATIVE;
  new Fleet(app, 'cilium', {
    // Of the mesh alone: packets to all of the smallest range around its pods keep the address of the pod.
    supernets: ['10.64.0.0/11'],
    clusters: {
      'mesh-north': {
        nodes: 100,
        services: 2000,
        loadBalancers: 16,
        cni: Cni.cilium({ version: '1.18', routing, mesh: { id: 1 }, loadBalancerPool: true }),
      },
      'mesh-south': {
        nodes: 60,
        services: 1000,
        loadBalancers: 16,
        cni: Cni.cilium({ version: '1.18', routing, mesh: { id: 2 }, loadBalancerPool: true }),
      },
      // Pods of the batch jobs have addresses of their own, which the firewall lets out.
      'mesh-batch': {
        nodes: 200,
        podsPerNode: 60,
        services: 200,
        cni: Cni.cilium({
          version: '1.18',
          ipam: CiliumIpam.MULTI_POOL,
          routing,
          pools: [{ name: 'crawlers', maskSize: { IPv4: 27 } }],
          parts: 4,
          mesh: { id: 3 },
        }),
      },
    },
  });
}
