import { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { NetworkPlugin } from '../cluster/cni';
import { FlannelBackend } from '../flannel/flannel-options';
import { apiServerProblems, type ClusterNetwork } from './cluster-network';
import { addK3sFiles } from './k3s-files';
import type { K3sServerProps } from './k3s-server-props';

/** How the Flannel of k3s moves packets between nodes. */
export enum K3sFlannelBackend {
  /** In VXLAN packets. */
  VXLAN = 'vxlan',
  /** Over routes; all nodes must be neighbours. */
  HOST_GW = 'host-gw',
  /** Encrypted by WireGuard. */
  WIREGUARD_NATIVE = 'wireguard-native',
  /** No Flannel: another network plugin is installed. */
  NONE = 'none',
}

/** Props of `K3sConfig`. */
export interface K3sConfigProps extends K3sServerProps {
  /**
   * The backend of Flannel.
   * @default - K3sFlannelBackend.NONE where the network plugin of the cluster is Calico or Cilium, the backend of `Cni.flannel()`, else
   * K3sFlannelBackend.VXLAN
   */
  readonly flannelBackend?: K3sFlannelBackend;
  /**
   * Whether k3s leaves NetworkPolicies to the network plugin.
   * @default - true without Flannel
   */
  readonly disableNetworkPolicy?: boolean;
}

/**
 * The configuration of k3s for the cluster that it stands in, written to `k3s/CLUSTER/server.yaml` and `agent.yaml` below the output
 * folder. Each goes to `/etc/rancher/k3s/config.yaml` of its nodes.
 */
export class K3sConfig extends Construct {
  constructor(scope: Construct, id: string, props: K3sConfigProps = {}) {
    super(scope, id);
    addK3sFiles({
      construct: this,
      instantiated: new.target,
      folder: 'k3s',
      props,
      more: (network) => pluginSettings(network, props),
      problems: (network) => [...apiServerProblems(network), ...backendProblems(network, props)],
    });
  }
}

function pluginSettings(network: ClusterNetwork, { flannelBackend, disableNetworkPolicy }: K3sConfigProps): object {
  const backend = flannelBackend ?? backendOf(network);
  return {
    'flannel-backend': backend,
    // The policy controller of k3s is made for its own Flannel.
    'disable-network-policy': disableNetworkPolicy ?? (backend === K3sFlannelBackend.NONE ? true : undefined),
  };
}

/** The Flannel of k3s is a part of its program and reads no ConfigMap. */
function backendOf({ plugin, flannelBackend }: ClusterNetwork): K3sFlannelBackend | undefined {
  if (isForeign(plugin)) return K3sFlannelBackend.NONE;
  return flannelBackend === undefined ? undefined : K3S_BACKENDS[flannelBackend];
}

const K3S_BACKENDS: Readonly<Record<FlannelBackend, K3sFlannelBackend | undefined>> = {
  vxlan: K3sFlannelBackend.VXLAN,
  'host-gw': K3sFlannelBackend.HOST_GW,
  wireguard: K3sFlannelBackend.WIREGUARD_NATIVE,
  ipip: undefined,
};

function isForeign(plugin: NetworkPlugin | undefined): boolean {
  return plugin === NetworkPlugin.CALICO || plugin === NetworkPlugin.CILIUM;
}

function backendProblems(network: ClusterNetwork, { flannelBackend }: K3sConfigProps): Problem[] {
  const { name, plugin } = network;
  if (isForeign(plugin) && flannelBackend !== undefined && flannelBackend !== K3sFlannelBackend.NONE) {
    return [
      {
        message: `flannelBackend is ${flannelBackend}, and the network plugin of cluster ${name} is ${String(plugin)}`,
        help: 'leave flannelBackend out: two network plugins would give addresses to the same pods',
      },
    ];
  }
  if (flannelBackend !== undefined || network.flannelBackend !== FlannelBackend.IPIP) return [];
  return [
    {
      message: `the Flannel of k3s has no backend ipip, which Cni.flannel() of cluster ${name} asks for`,
      help: 'use FlannelBackend.VXLAN, HOST_GW or WIREGUARD',
    },
  ];
}
