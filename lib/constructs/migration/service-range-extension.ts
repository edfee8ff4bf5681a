import { Construct } from 'constructs';
import { planServiceRangeExtension } from '../../migration';
import { rangesOfFleet } from './fleet-ranges';
import type { ClusterDistribution } from './cluster-software';
import { distributionOf } from './software-of';
import { registerMigration } from './runbook-files';

/** Props of `ServiceRangeExtension`. */
export interface ServiceRangeExtensionProps {
  /**
   * The folder of the runbook below `migration`, and `metadata.name` of the ServiceCIDR.
   * @default - the id
   */
  readonly name?: string;
  /** What the Services get in addition: one CIDR, or one of each family. */
  readonly cidrs: string[];
  /**
   * What made the control plane.
   * @default - ClusterDistribution.KUBEADM, unless the cluster has a K3sConfig or an Rke2Config
   */
  readonly distribution?: ClusterDistribution;
}

/**
 * More ClusterIPs for a running cluster, as a runbook in `migration/NAME`: a ServiceCIDR (KEP-1880, Kubernetes 1.33 and later) beside the
 * first service range, and what else has to know the new one.
 */
export class ServiceRangeExtension extends Construct {
  /** The runbook in Markdown; empty if there is none. */
  public readonly markdown: string;

  constructor(scope: Construct, id: string, props: ServiceRangeExtensionProps) {
    super(scope, id);
    const name = props.name ?? id;
    this.markdown = registerMigration({
      construct: this,
      instantiated: new.target,
      name,
      plan: (cluster) =>
        planServiceRangeExtension({
          name,
          cluster: cluster.name,
          distribution: distributionOf(this, props),
          kubernetesVersion: cluster.spec?.kubernetesVersion ?? null,
          families: cluster.spec?.families ?? ['IPv4'],
          serviceCidrs: cluster.fleet.plan.clusters.get(cluster.name)?.serviceCidrs ?? [],
          cidrs: props.cidrs,
          others: rangesOfFleet(cluster, ['services']),
        }),
    });
  }
}
