import { Chart } from 'cdk8s';
import { addressBits, IP_FAMILIES, parseCidr } from '../../address';
import type { RuledProblem } from '../../finding/problem';
import { NetworkSynthesis } from '../../synth';
import type { ClusterNetwork } from '../cluster/cluster-network';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { plannedCluster } from '../cluster/network-plugin';
import { POOLS_TOO_SMALL } from '../objects/object-rules';
import { FlannelConfig } from './flannel-config';
import type { FlannelOptions } from './flannel-options';

const NAMESPACE = 'kube-flannel';

/** Flannel for a cluster: the ConfigMap that its DaemonSet reads, and the namespace of both. */
export function renderFlannel(cluster: ClusterNetwork, options: FlannelOptions): void {
  const { namespace = NAMESPACE, ...config } = options;
  const chart = new Chart(cluster, 'cni', { namespace });
  if (namespace !== 'kube-system') {
    // As in Flannel's own manifests: its pods use the network of the node.
    new ClusterScopedApiObject(chart, 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    });
  }
  new FlannelConfig(chart, 'config', { ...config, networks: cluster.podCidrs });
  NetworkSynthesis.of(cluster).check(cluster, () => nodeProblems(cluster));
}

/** The bridge plugin keeps the first, the second and, in IPv4, the last address of a node: network, gateway, broadcast. */
const KEPT_ADDRESSES = 3;

/** Every node has one pod CIDR of each family, and its pods have addresses of no other. */
function nodeProblems(cluster: ClusterNetwork): RuledProblem[] {
  const podsPerNode = plannedCluster(cluster).spec?.podsPerNode ?? 0;
  return IP_FAMILIES.flatMap((family): RuledProblem[] => {
    const network = cluster.podCidrs.find((cidr) => parseCidr(cidr).family === family);
    const mask = cluster.nodeCidrMaskSize[family] as number | undefined;
    if (network === undefined || mask === undefined) return [];
    const pods = 2 ** (addressBits(family) - mask) - KEPT_ADDRESSES;
    if (pods >= podsPerNode) return [];
    return [
      {
        rule: POOLS_TOO_SMALL,
        message: `the ${family} pod CIDR of a node, a /${mask}, holds ${Math.max(0, pods)} pods beside the ${KEPT_ADDRESSES} addresses that the bridge keeps, and podsPerNode is ${podsPerNode}`,
        help: 'give a shorter nodeCidrMaskSize, or leave it out',
      },
    ];
  });
}
