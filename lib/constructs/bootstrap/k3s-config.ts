import { Construct } from 'constructs';
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
   * @default K3sFlannelBackend.VXLAN
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
    const { flannelBackend, disableNetworkPolicy } = props;
    addK3sFiles({
      construct: this,
      instantiated: new.target,
      folder: 'k3s',
      props,
      more: {
        'flannel-backend': flannelBackend,
        // The policy controller of k3s is made for its own Flannel.
        'disable-network-policy':
          disableNetworkPolicy ?? (flannelBackend === K3sFlannelBackend.NONE ? true : undefined),
      },
    });
  }
}
