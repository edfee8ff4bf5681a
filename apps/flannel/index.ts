import type { App } from 'cdk8s';
import { Cluster, Cni, FlannelBackend, KubeadmConfig } from 'netloom';

/** A small cluster on bare metal, set up by kubeadm: Flannel carries packets between nodes, MetalLB gives addresses to Services. */
export function flannel(app: App): void {
  const cluster = new Cluster(app, 'flannel', {
    kubernetesVersion: '1.34',
    supernets: ['10.16.0.0/14'],
    nodes: 24,
    services: 500,
    // In the network of the nodes, outside of what its DHCP server gives out.
    loadBalancerCidrs: ['172.26.4.192/27'],
    cni: Cni.flannel({ backend: FlannelBackend.VXLAN, directRouting: true }),
    metalLb: {},
  });
  new KubeadmConfig(cluster, 'kubeadm');
}
