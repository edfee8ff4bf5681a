import type { IConstruct } from 'constructs';
import { NetworkSynthesis } from '../../synth';
import type { CiliumOptions } from '../cilium/cilium-options';

/** A `Cluster` as its network plugin sees it: what the plugin is configured from. */
export interface ClusterNetwork extends IConstruct {
  readonly name: string;
  readonly podCidrs: string[];
  readonly serviceCidrs: string[];
  readonly loadBalancerCidrs: string[];
  readonly nodeCidrMaskSize: { [family: string]: number };
  readonly _hasNodeCache: boolean;
  readonly cni?: { readonly plugin: string; readonly _options: { readonly cilium?: CiliumOptions } };
}

/** The cluster that a construct belongs to: the one it stands under, or the only one of the app. */
export function clusterNetworkOf(construct: IConstruct): ClusterNetwork | undefined {
  const cluster = NetworkSynthesis.of(construct).clusterOf(construct)?.construct;
  return cluster !== undefined && isClusterNetwork(cluster) ? cluster : undefined;
}

/** Whether it is a cluster itself. */
export function isClusterNetwork(construct: IConstruct): construct is ClusterNetwork {
  return 'podCidrs' in construct && NetworkSynthesis.of(construct).clusterOf(construct)?.construct === construct;
}
