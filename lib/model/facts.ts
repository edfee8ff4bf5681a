import type { Cidr, PortRange } from '../address';
import type { ClusterDns } from './cluster-dns';

/** Whose rules decide what a policy means: those of the API alone, or those of a CNI, which has policies of its own and reads the API's its own way. */
export type PolicyEngine = 'kubernetes' | 'calico' | 'cilium';

export const POLICY_ENGINES: readonly PolicyEngine[] = ['kubernetes', 'calico', 'cilium'];

export function isPolicyEngine(text: string): text is PolicyEngine {
  return POLICY_ENGINES.some((engine) => engine === text);
}

/** What is known about the cluster itself. A fact that is not known is undefined, and rules that need it are skipped. */
export interface ClusterFacts {
  readonly serviceCidrs?: readonly Cidr[];
  readonly podCidrs?: readonly Cidr[];
  readonly nodeCidrs?: readonly Cidr[];
  readonly loadBalancerCidrs?: readonly Cidr[];
  /** `cluster.local` unless somebody changed it. */
  readonly clusterDomain?: string;
  readonly nodePortRange?: PortRange;
  /** `1.36` or `v1.36.2`: the version that the objects are meant for. */
  readonly kubernetesVersion?: string;
  /** Whose policies decide. @default - what the objects show, see `policyEngine` */
  readonly policyEngine?: PolicyEngine;
  /** Who answers name lookups of pods. */
  readonly dns?: ClusterDns;
}
