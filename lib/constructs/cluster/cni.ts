import type { CalicoOptions } from '../calico/calico-options';
import { renderCalico } from '../calico/calico-network';
import type { CiliumOptions } from '../cilium/cilium-options';
import { renderCilium } from '../cilium/cilium-network';
import type { ClusterNetwork } from './cluster-network';
import type { FlannelOptions } from '../flannel/flannel-options';
import { renderFlannel } from '../flannel/flannel-network';

/** What gives pods their addresses. */
export enum NetworkPlugin {
  CALICO = 'Calico',
  CILIUM = 'Cilium',
  FLANNEL = 'Flannel',
  /** Something that Netloom does not configure. */
  NONE = 'none',
}

/**
 * The network plugin (CNI) of a cluster, with its options. The cluster writes its configuration from the address plan:
 *
 * `new Cluster(app, 'prod', { …, cni: Cni.calico({ encapsulation: CalicoEncapsulation.VXLAN }) })`
 */
export class Cni {
  /**
   * Calico: an Installation of its operator or IPPools, with reservations and BGP.
   *
   * @param options what differs from the defaults
   */
  public static calico(options: CalicoOptions = {}): Cni {
    return new Cni(
      NetworkPlugin.CALICO,
      (cluster) => {
        renderCalico(cluster, options);
      },
      { calico: options },
    );
  }

  /**
   * Cilium: the values of its Helm chart, pools, and the identity in a ClusterMesh.
   *
   * @param options what differs from the defaults
   */
  public static cilium(options: CiliumOptions = {}): Cni {
    return new Cni(
      NetworkPlugin.CILIUM,
      (cluster) => {
        renderCilium(cluster, options);
      },
      { cilium: options },
    );
  }

  /**
   * Flannel: its ConfigMap.
   *
   * @param options what differs from the defaults
   */
  public static flannel(options: FlannelOptions = {}): Cni {
    return new Cni(
      NetworkPlugin.FLANNEL,
      (cluster) => {
        renderFlannel(cluster, options);
      },
      { flannel: options },
    );
  }

  /** Nothing is written: the network plugin is configured elsewhere. */
  public static none(): Cni {
    return new Cni(NetworkPlugin.NONE, () => undefined, {});
  }

  private constructor(
    /** Which one it is. */
    public readonly plugin: NetworkPlugin,
    /** @internal */ public readonly _render: (cluster: ClusterNetwork) => void,
    /** What other clusters of the mesh, and the files of kubeadm, k3s and RKE2 have to know. @internal */
    public readonly _options: {
      readonly calico?: CalicoOptions;
      readonly cilium?: CiliumOptions;
      readonly flannel?: FlannelOptions;
    },
  ) {}
}
