/** What made the control plane of a cluster. */
export enum ClusterDistribution {
  /** kubeadm: static pods, and `kubeadm-config` from which upgrades make them again. */
  KUBEADM = 'kubeadm',
  /** RKE2: its ranges are settled when the first server starts. */
  RKE2 = 'rke2',
  /** k3s: its ranges are settled when the first server starts. */
  K3S = 'k3s',
}
