import type { RehearsedCluster } from '../lib/migration';

/** The ConfigMap in which kubeadm keeps its configuration, as a rehearsed cluster has it. */
export function kubeadmConfig({ kubeadm }: RehearsedCluster): object {
  // A runbook of the pod network does not say which Services there are.
  const serviceSubnet = kubeadm === null || kubeadm.serviceSubnet === '' ? '10.96.0.0/16' : kubeadm.serviceSubnet;
  const args = Object.entries(kubeadm?.extraArgs['kube-controller-manager'] ?? {});
  const configuration = {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    networking: { podSubnet: kubeadm?.podSubnet, serviceSubnet },
    controllerManager: { extraArgs: args.map(([name, value]) => ({ name, value })) },
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
    data: { ClusterConfiguration: JSON.stringify(configuration) },
  };
}
