import type { Cidr, IpFamily } from '../address';
import type { KubernetesVersion, RangeClaim } from '../plan';
import type { PodNetworkMigrationInput } from './pod-network-spec';
import type { Cni } from './terms';

export interface DualStackInput extends Pick<
  PodNetworkMigrationInput,
  | 'name'
  | 'cluster'
  | 'nodeGroups'
  | 'waveSize'
  | 'waveTimeoutMinutes'
  | 'kubeProxy'
  | 'calicoOperator'
  | 'calicoApi'
  | 'distribution'
  | 'clusterDomain'
  | 'podsPerNode'
> {
  readonly cni: Cni;
  readonly kubernetesVersion: KubernetesVersion | null;
  /** The family that the cluster has now. */
  readonly family: IpFamily;
  /** As the cluster shall have them, the primary family first. */
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly nodeCidrMaskSize: Readonly<Record<string, number>>;
  /** The ranges of the fleet, without the pods and services of this cluster. */
  readonly others: readonly RangeClaim[];
}

export interface DualStack extends Omit<DualStackInput, 'podCidrs' | 'serviceCidrs'> {
  readonly podCidrs: readonly Cidr[];
  readonly serviceCidrs: readonly Cidr[];
}
