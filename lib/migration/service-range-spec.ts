import type { IpFamily } from '../address';
import type { KubernetesVersion, RangeClaim } from '../plan';
import type { Distribution } from './terms';

export interface ServiceRangeInput {
  /** `metadata.name` of the ServiceCIDR. */
  readonly name: string;
  readonly cluster: string;
  readonly kubernetesVersion: KubernetesVersion | null;
  readonly families: readonly IpFamily[];
  readonly distribution: Distribution;
  readonly serviceCidrs: readonly string[];
  readonly cidrs: readonly string[];
  /** The ranges of the fleet, without the service ranges of this cluster. */
  readonly others: readonly RangeClaim[];
}
