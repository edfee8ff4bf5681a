import type { PortRange } from '../address';

/** What listens on nodes, and where ("Ports and Protocols" of the Kubernetes documentation, and those of network plugins). */
export interface Component {
  readonly name: string;
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  /** Whether all nodes have it, whatever the cluster is made of. */
  readonly everywhere?: true;
  /** Where kubeadm makes the cluster, its control plane listens there. */
  readonly ofControlPlane?: true;
}

export const COMPONENT_PORTS: readonly Component[] = [
  { name: 'SSH', protocol: 'TCP', first: 22, last: 22 },
  { name: 'BGP', protocol: 'TCP', first: 179, last: 179 },
  { name: 'etcd', protocol: 'TCP', first: 2379, last: 2380, ofControlPlane: true },
  { name: 'the health checks of Cilium', protocol: 'TCP', first: 4240, last: 4240 },
  { name: 'VXLAN', protocol: 'UDP', first: 4789, last: 4789 },
  { name: 'the API server', protocol: 'TCP', first: 6443, last: 6443, ofControlPlane: true },
  { name: 'VXLAN of Flannel and Cilium', protocol: 'UDP', first: 8472, last: 8472 },
  { name: 'the kubelet', protocol: 'TCP', first: 10250, last: 10250, everywhere: true },
  { name: 'the health check of kube-proxy', protocol: 'TCP', first: 10256, last: 10256 },
];

/** Those that every cluster has, or that kubeadm makes, inside of a range of node ports. */
export function usualComponentsIn(range: PortRange): readonly Component[] {
  return COMPONENT_PORTS.filter(
    ({ everywhere, ofControlPlane, first, last }) =>
      (everywhere ?? ofControlPlane) === true && first <= range.last && last >= range.first,
  );
}
