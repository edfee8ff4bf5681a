import { Construct } from 'constructs';
import { NetworkSynthesis } from '../../synth';
import { registerObject } from '../objects/object-registration';
import { INVALID_BOOTSTRAP_CONFIG } from '../objects/object-rules';
import { clusterNetworkOf, missingNetworkProblems } from './cluster-network';
import { configFile } from './config-file';
import { kubeadmDocuments } from './kubeadm-documents';
import { kubeadmProblems } from './kubeadm-problems';

/** How kube-proxy programs a node. */
export enum KubeProxyMode {
  /** Rules of iptables. */
  IPTABLES = 'iptables',
  /** The virtual server of Linux. */
  IPVS = 'ipvs',
  /** Rules of nftables. Stable since Kubernetes 1.33. */
  NFTABLES = 'nftables',
}

/** What the plan does not know. Ranges, masks, node ports, the domain and the DNS address come from the cluster. */
export interface KubeadmConfigProps {
  /**
   * The exact version to install, such as `v1.34.2`: one of the `kubernetesVersion` of the cluster.
   * @default - the newest patch of that version, `stable-1.34`, which kubeadm looks up in the internet
   */
  readonly kubernetesVersion?: string;
  /**
   * The stable address of the control plane, `host:port`, which a cluster needs to get a second control plane node.
   * @default - the address of the first node
   */
  readonly controlPlaneEndpoint?: string;
  /**
   * The address on which the API server of the first node tells others to reach it, of the primary family.
   * @default - that of the interface with the default route
   */
  readonly advertiseAddress?: string;
  /**
   * The port of the API server.
   * @default 6443
   */
  readonly bindPort?: number;
  /**
   * The addresses of the first node, one for each family. A dual-stack kubelet finds out one of them only.
   * @default - found out by the kubelet
   */
  readonly nodeIps?: string[];
  /**
   * More names and addresses in the certificate of the API server.
   * @default - those that kubeadm adds by itself
   */
  readonly certSans?: string[];
  /**
   * More arguments of kube-apiserver, by name without hyphens before it.
   * @default - none
   */
  readonly apiServerArgs?: { [name: string]: string };
  /**
   * More arguments of kube-controller-manager. A network plugin that has address pools of its own, such as Calico, works with `allocate-node-cidrs: "false"`.
   * @default - none
   */
  readonly controllerManagerArgs?: { [name: string]: string };
  /**
   * More arguments of kube-scheduler.
   * @default - none
   */
  readonly schedulerArgs?: { [name: string]: string };
  /**
   * How kube-proxy programs the nodes.
   * @default - chosen by kube-proxy: iptables; there is no kube-proxy where the network plugin takes its place
   */
  readonly proxyMode?: KubeProxyMode;
  /**
   * Phases of `kubeadm init` to skip, such as `addon/kube-proxy`.
   * @default - none
   */
  readonly skipPhases?: string[];
}

/**
 * The configuration of `kubeadm init` for the cluster that it stands in, written to `kubeadm/CLUSTER.yaml` below the output folder:
 * InitConfiguration, ClusterConfiguration, KubeProxyConfiguration and KubeletConfiguration, of `kubeadm.k8s.io/v1beta4`, and of
 * v1beta3 before Kubernetes 1.31. Where Cilium takes the place of kube-proxy, kubeadm installs none.
 */
export class KubeadmConfig extends Construct {
  constructor(scope: Construct, id: string, props: KubeadmConfigProps = {}) {
    super(scope, id);
    const synthesis = NetworkSynthesis.of(this);
    const cluster = synthesis.clusterOf(this)?.name;
    registerObject({
      construct: this,
      instantiated: new.target,
      rule: INVALID_BOOTSTRAP_CONFIG,
      problems: () => {
        const network = clusterNetworkOf(this);
        return [...missingNetworkProblems(this), ...(network === undefined ? [] : kubeadmProblems(network, props))];
      },
    });
    if (cluster !== undefined) synthesis.addFile(this, `kubeadm/${cluster}.yaml`, () => this.text(props));
  }

  private text(props: KubeadmConfigProps): string {
    const network = clusterNetworkOf(this);
    return network === undefined ? '' : configFile(kubeadmDocuments(network, props));
  }
}
