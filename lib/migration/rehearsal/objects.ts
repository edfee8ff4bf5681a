import type { Manifest } from '../runbook';
import type { CalicoPool, Cluster } from './cluster';
import { isIn } from './addresses';

/** The objects that say what the cluster is like now, for rules that read objects. */
export function clusterObjects({ pools, serviceRanges }: Cluster): Manifest[] {
  return [
    ...pools.map(ipPoolObject),
    ...serviceRanges.map(({ name, cidrs }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata: { name },
      spec: { cidrs },
    })),
  ];
}

/** The kinds of {@link clusterObjects}: what an app declares of them is how the cluster shall be, not how it is. */
export const CLUSTER_KINDS: ReadonlySet<string> = new Set([
  'IPPool',
  'Installation',
  'ServiceCIDR',
  'ClusterConfiguration',
  'Node',
]);

/** The ranges of pods as they are on the way: while pods have addresses of two, both are of the cluster. */
export function podRanges({ pools, kubeadm }: Pick<Cluster, 'pools' | 'kubeadm'>): string[] {
  const subnets = (kubeadm?.podSubnet ?? '').split(',').filter(Boolean);
  const extra = pools.map(({ cidr }) => cidr).filter((cidr) => !isIn(subnets, cidr.split('/')[0]));
  return [...subnets, ...extra];
}

function ipPoolObject({ name, cidr, encapsulation, disabled, nodeLabels, nodeSelector }: CalicoPool): Manifest {
  const terms = Object.entries(nodeLabels ?? {}).map(([key, value]) => `${key} == "${value}"`);
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name },
    spec: {
      cidr,
      ipipMode: encapsulation === 'IPIP' ? 'Always' : encapsulation === 'IPIPCrossSubnet' ? 'CrossSubnet' : 'Never',
      vxlanMode: encapsulation === 'VXLAN' ? 'Always' : encapsulation === 'VXLANCrossSubnet' ? 'CrossSubnet' : 'Never',
      disabled,
      nodeSelector:
        nodeSelector ?? (nodeLabels === null ? '!all()' : terms.length === 0 ? 'all()' : terms.join(' && ')),
    },
  };
}
