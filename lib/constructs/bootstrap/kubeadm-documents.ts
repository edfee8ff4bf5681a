import { writtenApiVersion } from '../../plan';
import type { ClusterNetwork } from './cluster-network';
import { type ComponentArguments, sortedArguments } from './component-arguments';

/** What users add to the plan. */
export interface KubeadmSettings {
  readonly kubernetesVersion?: string;
  readonly controlPlaneEndpoint?: string;
  readonly advertiseAddress?: string;
  readonly bindPort?: number;
  readonly nodeIps?: readonly string[];
  readonly certSans?: readonly string[];
  readonly apiServerArgs?: ComponentArguments;
  readonly controllerManagerArgs?: ComponentArguments;
  readonly schedulerArgs?: ComponentArguments;
  readonly proxyMode?: string;
  readonly skipPhases?: readonly string[];
}

/** The documents of `kubeadm init --config`. */
export function kubeadmDocuments(network: ClusterNetwork, settings: KubeadmSettings): object[] {
  const apiVersion = writtenApiVersion('ClusterConfiguration', network.kubernetesVersion);
  const isV1beta3 = apiVersion === 'kubeadm.k8s.io/v1beta3';
  const extraArgs = (entries: readonly [string, string][]): object =>
    isV1beta3 ? Object.fromEntries(entries) : entries.map(([name, value]) => ({ name, value }));
  const podSubnet = network.podCidrs.join(',');
  const { advertiseAddress, bindPort, nodeIps = [], skipPhases = [] } = settings;
  const hasProxy = !network.replacesKubeProxy;
  return [
    {
      apiVersion,
      kind: 'InitConfiguration',
      localAPIEndpoint: { advertiseAddress, bindPort },
      nodeRegistration: { kubeletExtraArgs: extraArgs(nodeIps.length === 0 ? [] : [['node-ip', nodeIps.join(',')]]) },
      // v1beta3 has no field for it.
      skipPhases: hasProxy || !isV1beta3 ? skipPhases : [...new Set([...skipPhases, KUBE_PROXY_PHASE])],
    },
    {
      apiVersion,
      kind: 'ClusterConfiguration',
      clusterName: network.name,
      kubernetesVersion: settings.kubernetesVersion ?? defaultVersion(network),
      controlPlaneEndpoint: settings.controlPlaneEndpoint,
      networking: {
        podSubnet,
        serviceSubnet: network.serviceCidrs.join(','),
        dnsDomain: network.clusterDomain,
      },
      apiServer: {
        certSANs: settings.certSans,
        extraArgs: extraArgs(
          sortedArguments({ ...settings.apiServerArgs, 'service-node-port-range': network.nodePortRange }),
        ),
      },
      controllerManager: {
        // kubeadm itself reads the mask of these two arguments only, whatever the number of families.
        extraArgs: extraArgs(
          sortedArguments({
            ...settings.controllerManagerArgs,
            ...Object.fromEntries(
              network.nodeMasks.map(({ family, prefix }) => [
                `node-cidr-mask-size-${family.toLowerCase()}`,
                String(prefix),
              ]),
            ),
          }),
        ),
      },
      scheduler: { extraArgs: extraArgs(sortedArguments(settings.schedulerArgs ?? {})) },
      proxy: hasProxy || isV1beta3 ? undefined : { disabled: true },
    },
    ...(hasProxy
      ? [
          {
            apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
            kind: 'KubeProxyConfiguration',
            mode: settings.proxyMode,
            clusterCIDR: podSubnet,
          },
        ]
      : []),
    {
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      // The DNS Service of kubeadm has one family, also in a dual-stack cluster.
      clusterDNS: network.dnsServers.length > 0 ? network.dnsServers : network.dnsIps.slice(0, 1),
      clusterDomain: network.clusterDomain,
      maxPods: network.podsPerNode,
    },
  ];
}

/** The phase of `kubeadm init` that installs kube-proxy. */
const KUBE_PROXY_PHASE = 'addon/kube-proxy';

/** The newest patch of the cluster's minor version; without it kubeadm takes the newest version of all. */
function defaultVersion({ kubernetesVersion }: ClusterNetwork): string | undefined {
  return kubernetesVersion === null ? undefined : `stable-${kubernetesVersion.major}.${kubernetesVersion.minor}`;
}
