import type { IpFamily } from '../../address';
import type { CalicoApi, Cni, Distribution, Encapsulation, Labels } from '../terms';

export type { CalicoApi, Distribution } from '../terms';

export type ControlPlaneComponent = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler';

/** Flags by name, without dashes. */
export type Flags = Readonly<Partial<Record<string, string>>>;

/** What kubeadm keeps in the cluster: `networking`, and `extraArgs` by the component that they are of. */
export interface KubeadmConfig {
  readonly podSubnet: string;
  readonly serviceSubnet: string;
  readonly extraArgs: Readonly<Partial<Record<ControlPlaneComponent, Flags>>>;
}

export interface KubeProxyConfig {
  readonly clusterCIDR: string;
  /** Empty is ClusterCIDR. */
  readonly detectLocalMode: string;
  readonly interfaceNamePrefix: string;
}

/** An IPPool as Calico has it. */
export interface CalicoPool {
  readonly name: string;
  readonly cidr: string;
  readonly encapsulation: Encapsulation;
  readonly disabled: boolean;
  /** null selects no node, as `!all()`. */
  readonly nodeLabels: Labels | null;
  /** The selector, where labels with values do not say what it selects. */
  readonly nodeSelector?: string;
  readonly allowedUses: readonly string[];
}

/** Nodes that are alike: of the same labels, with the same kind of pods. */
export interface NodeGroup {
  readonly name: string;
  readonly count: number;
  readonly labels: Labels;
  /** `spec.podCIDRs` of each of them, as far as known; empty for nodes without. */
  readonly podCidrs: readonly (readonly string[])[];
  /** Names of the pools that the addresses of tunnels are of, by their kind (`IPIP`, `VXLAN IPv4`). */
  readonly tunnels: Readonly<Record<string, string>>;
  /** One of the pods for each set of addresses that there are. */
  readonly pods: readonly Pod[];
  /** How many pods they have together, where that is known. */
  readonly podCount?: number;
}

/** Addresses that some pod of a group has. */
export interface Pod {
  readonly addresses: readonly string[];
  /** Who it is, where neither a drain nor a rollout makes it anew. */
  readonly stays?: string;
}

/** Who asks for a pool, by name or CIDR, or for an address. */
export interface PoolRequest {
  readonly who: string;
  readonly asked: readonly string[];
  readonly asksFor: 'pool' | 'address';
}

export interface ServiceRange {
  readonly name: string;
  readonly cidrs: readonly string[];
}

export interface LoadBalancerPool {
  readonly name: string;
  readonly cidrs: readonly string[];
  readonly disabled: boolean;
}

/** A Service as far as migrations change it. */
export interface RehearsedService {
  readonly name: string;
  readonly ipFamilyPolicy: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';
  readonly clusterIps: readonly string[];
  readonly loadBalancerIps: readonly string[];
}

/** A running cluster, as far as a migration touches it. Plain JSON, so that a runbook can carry the one that it was made for. */
export interface Cluster {
  readonly distribution: Distribution;
  readonly networkPlugin: Cni | null;
  readonly kubernetesVersion: string | null;
  readonly clusterDomain: string;
  readonly calicoApi: CalicoApi;
  /** Whether Calico's operator owns the pools. */
  readonly calicoOperator: boolean;
  /** null where kubeadm did not make the cluster. */
  readonly kubeadm: KubeadmConfig | null;
  /** Flags of what runs now. */
  readonly staticPods: Readonly<Partial<Record<ControlPlaneComponent, Flags>>>;
  /** The copies of static pods that a runbook keeps. */
  readonly copies: Readonly<Partial<Record<ControlPlaneComponent, Flags>>>;
  /** null where something else takes the place of kube-proxy. */
  readonly kubeProxy: KubeProxyConfig | null;
  /** The network of Flannel, or the lists of Cilium's cluster pool, by family. */
  readonly pluginRanges: Readonly<Partial<Record<IpFamily, readonly string[]>>>;
  readonly pools: readonly CalicoPool[];
  readonly nodes: readonly NodeGroup[];
  /** ServiceCIDR objects beside `kubernetes`. */
  readonly serviceRanges: readonly ServiceRange[];
  readonly services: readonly RehearsedService[];
  readonly loadBalancerPools: readonly LoadBalancerPool[];
  readonly poolRequests?: readonly PoolRequest[];
}
