import type { ComponentVersion, RangeClaim } from '../plan';
import type { CalicoApi, Distribution } from './terms';

export type LoadBalancer = 'metallb' | 'cilium' | 'calico';

export interface LoadBalancerRangeInput {
  readonly cluster: string;
  readonly loadBalancer: LoadBalancer;
  readonly namespace: string;
  readonly calicoApi: CalicoApi;
  readonly distribution: Distribution;
  /** @default - not known: the newest API version is written */
  readonly ciliumVersion?: ComponentVersion;
  readonly from: { readonly pool: string; readonly cidrs: readonly string[] };
  readonly to: { readonly pool: string; readonly cidrs: readonly string[] };
  /** How many Services of type LoadBalancer there are, if known. */
  readonly services?: number;
  /** The ranges of the fleet that the new one must not meet. */
  readonly others: readonly RangeClaim[];
}
