import type { Construct } from 'constructs';
import type { PlannedCluster } from '../../synth';
import { K3sConfig } from '../bootstrap/k3s-config';
import { Rke2Config } from '../bootstrap/rke2-config';
import { CalicoApi } from '../calico/calico-options';
import { ClusterDistribution } from './cluster-software';

/** With what pools are changed, where nothing is given. */
export function calicoApiOf({
  calicoApi,
  calicoOperator = false,
}: {
  readonly calicoApi?: CalicoApi;
  readonly calicoOperator?: boolean;
}): CalicoApi {
  return calicoApi ?? (calicoOperator ? CalicoApi.API_SERVER : CalicoApi.CALICOCTL);
}

/** What made the control plane, by what else is declared of the cluster so far. */
export function distributionOf(
  construct: Construct,
  { distribution }: { readonly distribution?: ClusterDistribution },
): ClusterDistribution {
  return distribution ?? declaredDistribution(construct) ?? ClusterDistribution.KUBEADM;
}

/** By the configuration files that the cluster has in the app. */
export function declaredDistribution(construct: Construct): ClusterDistribution | undefined {
  const siblings = construct.node.scope?.node.findAll() ?? [];
  if (siblings.some((other) => other instanceof Rke2Config)) return ClusterDistribution.RKE2;
  return siblings.some((other) => other instanceof K3sConfig) ? ClusterDistribution.K3S : undefined;
}

export function clusterDomainOf({ fleet, name }: PlannedCluster): string {
  return fleet.plan.clusters.get(name)?.clusterDomain ?? 'cluster.local';
}
