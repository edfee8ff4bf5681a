import { Construct } from 'constructs';
import { planDualStackMigration } from '../../migration';
import { IpFamily } from '../cluster/ip-family';
import { rangesOfFleet } from './fleet-ranges';
import { type MigrationNodes, nodeGroupsOf, nodesProblems } from './migration-nodes';
import type { PodNetworkCni } from './pod-network-migration';
import type { CalicoApi } from '../calico/calico-options';
import type { ClusterDistribution } from './cluster-software';
import { calicoApiOf, clusterDomainOf, distributionOf } from './software-of';
import { registerMigration } from './runbook-files';

/** Props of `DualStackMigration`. */
export interface DualStackMigrationProps {
  /**
   * The folder of the runbook below `migration`, and a label of the nodes that are still to be drained: a DNS label.
   * @default - the id
   */
  readonly name?: string;
  /** The network plugin. */
  readonly cni: PodNetworkCni;
  /**
   * The family that the cluster has now, and that stays the primary one.
   * @default IpFamily.IPV4
   */
  readonly family?: IpFamily;
  /**
   * How many nodes run, control plane nodes included.
   * @default - `nodes` of the cluster
   */
  readonly nodes?: number;
  /**
   * The nodes that run, by their labels, in place of `nodes`.
   * @default - all of them have the same labels
   */
  readonly nodeGroups?: MigrationNodes[];
  /**
   * How many nodes are drained at the same time.
   * @default 1
   */
  readonly waveSize?: number;
  /**
   * How many minutes a wave may take before it is given up.
   * @default 30
   */
  readonly waveTimeoutMinutes?: number;
  /**
   * Whether the cluster has kube-proxy.
   * @default true
   */
  readonly kubeProxy?: boolean;
  /**
   * Whether Calico's operator owns the pools, as elements of its `Installation`.
   * @default false
   */
  readonly calicoOperator?: boolean;
  /**
   * With what pools are read and changed.
   * @default - CalicoApi.API_SERVER with `calicoOperator`, else CalicoApi.CALICOCTL
   */
  readonly calicoApi?: CalicoApi;
  /**
   * What made the control plane. Only clusters of kubeadm have a runbook: others have no way to another range.
   * @default - ClusterDistribution.KUBEADM, unless the cluster has a K3sConfig or an Rke2Config
   */
  readonly distribution?: ClusterDistribution;
}

/**
 * The way of a running cluster to a second IP family, as a runbook in `migration/NAME`. The ranges of both families are those of the
 * cluster, whose `families` are the target. There is no way back (Kubernetes: a service range that has two families cannot lose one).
 */
export class DualStackMigration extends Construct {
  /** The runbook in Markdown; empty if there is none. */
  public readonly markdown: string;

  constructor(scope: Construct, id: string, props: DualStackMigrationProps) {
    super(scope, id);
    const name = props.name ?? id;
    this.markdown = registerMigration({
      construct: this,
      instantiated: new.target,
      name,
      problems: nodesProblems(props),
      plan: (cluster) => {
        const plan = cluster.fleet.plan.clusters.get(cluster.name);
        return planDualStackMigration({
          name,
          cluster: cluster.name,
          cni: props.cni,
          kubernetesVersion: cluster.spec?.kubernetesVersion ?? null,
          family: props.family ?? IpFamily.IPV4,
          podCidrs: plan?.podCidrs ?? [],
          serviceCidrs: plan?.serviceCidrs ?? [],
          nodeCidrMaskSize: { ...plan?.nodeCidrMaskSize },
          nodeGroups: nodeGroupsOf(props, cluster),
          podsPerNode: cluster.spec?.podsPerNode ?? 110,
          waveSize: props.waveSize ?? 1,
          waveTimeoutMinutes: props.waveTimeoutMinutes ?? 30,
          kubeProxy: props.kubeProxy ?? true,
          calicoOperator: props.calicoOperator ?? false,
          calicoApi: calicoApiOf(props),
          distribution: distributionOf(this, props),
          clusterDomain: clusterDomainOf(cluster),
          others: rangesOfFleet(cluster, ['pods', 'services']),
        });
      },
    });
  }
}
