import { Construct } from 'constructs';
import { addK3sFiles } from './k3s-files';
import type { K3sServerProps } from './k3s-server-props';

/** The network plugin that RKE2 installs. */
export enum Rke2Cni {
  /** Calico for policies, Flannel between nodes. */
  CANAL = 'canal',
  /** Calico. */
  CALICO = 'calico',
  /** Cilium. */
  CILIUM = 'cilium',
  /** Flannel. */
  FLANNEL = 'flannel',
  /** None: somebody else installs one. */
  NONE = 'none',
}

/** Props of `Rke2Config`. */
export interface Rke2ConfigProps extends K3sServerProps {
  /**
   * The network plugin.
   * @default Rke2Cni.CANAL
   */
  readonly cni?: Rke2Cni;
}

/**
 * The configuration of RKE2 for the cluster that it stands in, written to `rke2/CLUSTER/server.yaml` and `agent.yaml` below the output
 * folder. Each goes to `/etc/rancher/rke2/config.yaml` of its nodes.
 */
export class Rke2Config extends Construct {
  constructor(scope: Construct, id: string, props: Rke2ConfigProps = {}) {
    super(scope, id);
    addK3sFiles({ construct: this, instantiated: new.target, folder: 'rke2', props, more: { cni: props.cni } });
  }
}
