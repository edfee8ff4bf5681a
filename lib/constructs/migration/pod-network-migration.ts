import { Construct } from 'constructs';
import { type PodNetworkInput, type PoolInput, planPodNetworkMigration } from '../../migration';
import type { PlannedCluster } from '../../synth';
import { rangesOfFleet } from './fleet-ranges';
import { type MigrationNodes, nodeGroupsOf, nodesProblems } from './migration-nodes';
import type { CalicoApi } from '../calico/calico-options';
import type { ClusterDistribution } from './cluster-software';
import { calicoApiOf, clusterDomainOf, distributionOf } from './software-of';
import { registerMigration } from './runbook-files';

/** The network plugin of a cluster, as a migration knows it. */
export enum PodNetworkCni {
  /** Calico with its own address management. */
  CALICO = 'calico',
  /** Cilium in the mode cluster-pool. */
  CILIUM = 'cilium',
  /** Flannel, which has the pod CIDRs of nodes from kube-controller-manager. */
  FLANNEL = 'flannel',
}

/** When packets between pods of a pool are put into packets between nodes, as in Calico's `Installation`. */
export enum PoolEncapsulation {
  /** Never. */
  NONE = 'None',
  /** IP-in-IP. IPv4 only. */
  IPIP = 'IPIP',
  /** IP-in-IP between nodes of different subnets. IPv4 only. */
  IPIP_CROSS_SUBNET = 'IPIPCrossSubnet',
  /** VXLAN. */
  VXLAN = 'VXLAN',
  /** VXLAN between nodes of different subnets. */
  VXLAN_CROSS_SUBNET = 'VXLANCrossSubnet',
}

/** How the workloads are restarted, so that their pods get new addresses. */
export enum PodRestart {
  /** Nodes are drained. Evictions respect PodDisruptionBudgets. */
  DRAIN = 'drain',
  /** Deployments, StatefulSets and DaemonSets are rolled out, one after the other. It respects `maxUnavailable` of each, but no PodDisruptionBudget. */
  ROLLOUT = 'rollout',
}

/** A Calico pool of a pod network. */
export interface MigrationPool {
  /** `metadata.name`. */
  readonly name: string;
  /** The addresses, as a CIDR. */
  readonly cidr: string;
  /**
   * The prefix length of the blocks that nodes get.
   * @default - 26 in IPv4 and 122 in IPv6
   */
  readonly blockSize?: number;
  /**
   * The encapsulation. Another one than the pools of the source have is a stage of its own, during which no traffic goes between nodes.
   * @default - of a target: that of the source, where its pools agree; of a source: as Calico makes its own pools, IP-in-IP in IPv4 and none in IPv6
   */
  readonly encapsulation?: PoolEncapsulation;
  /**
   * Whether packets from pods to what lies outside of all pools leave with the address of their node.
   * @default - true in IPv4, false in IPv6
   */
  readonly natOutgoing?: boolean;
  /**
   * The labels of the nodes that may use the pool: `{ 'topology.kubernetes.io/zone': 'a' }`.
   * @default - all nodes
   */
  readonly nodeLabels?: { [key: string]: string };
}

/** The pod network of a running cluster. */
export interface PodNetworkSource {
  /** The network plugin. */
  readonly cni: PodNetworkCni;
  /** The cluster CIDR of each family, as `podSubnet` of kubeadm; for Cilium the list of its cluster pool. */
  readonly podCidrs: string[];
  /**
   * Prefix length of the pod CIDR of a node, by family: `{ IPv4: 24, IPv6: 64 }`.
   * @default - 24 in IPv4 and 64 in IPv6
   */
  readonly nodeCidrMaskSize?: { [family: string]: number };
  /**
   * The pools of Calico, all that exist.
   * @default - one of each range of podCidrs: default-ipv4-ippool, default-ipv6-ippool
   */
  readonly pools?: MigrationPool[];
}

/** The pod network that the cluster shall have. */
export interface PodNetworkTarget {
  /**
   * The network plugin. It cannot change on a running cluster.
   * @default - that of the source
   */
  readonly cni?: PodNetworkCni;
  /**
   * The cluster CIDR of each family; for Cilium the whole list of its cluster pool, the old elements included.
   * @default - podCidrs of the cluster
   */
  readonly podCidrs?: string[];
  /**
   * Prefix length of the pod CIDR of a node, by family.
   * @default - that of the source
   */
  readonly nodeCidrMaskSize?: { [family: string]: number };
  /**
   * The pools of Calico, all that shall exist in the end.
   * @default - one of each range of podCidrs: planned-ipv4-ippool, planned-ipv6-ippool
   */
  readonly pools?: MigrationPool[];
}

/** Props of `PodNetworkMigration`. */
export interface PodNetworkMigrationProps {
  /**
   * The folder of the runbook below `migration`, and a label of the nodes that are still to be drained: a DNS label.
   * @default - the id
   */
  readonly name?: string;
  /** The pod network as it is. */
  readonly from: PodNetworkSource;
  /**
   * The pod network as it shall be.
   * @default - that of the cluster
   */
  readonly to?: PodNetworkTarget;
  /**
   * A pool through which all pods move when a pool of the target has addresses of the source, as with another block size.
   * @default - none
   */
  readonly temporaryPool?: MigrationPool;
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
   * How many pods run now.
   * @default - not known
   */
  readonly pods?: number;
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
   * How the workloads are restarted.
   * @default PodRestart.DRAIN
   */
  readonly restart?: PodRestart;
  /**
   * Whether the cluster has kube-proxy. It has not where Cilium or eBPF of Calico takes its place.
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
 * The way of a running cluster from one pod network to another, as a runbook: `migration/NAME/README.md`, the same as data in
 * `runbook.json`, and a folder of manifests for each stage. What is known to fail is an error of the synth.
 *
 * The order is that of Calico's guides (migrate from one IP pool to another, change IP pool block size): the new pool first, the old one
 * disabled, pods restarted in waves, and the old pool removed only when nobody has an address of it. Flannel's network can only grow around
 * the old one, and the list of Cilium's cluster pool can only be appended to.
 */
export class PodNetworkMigration extends Construct {
  /** The runbook in Markdown; empty if there is none. */
  public readonly markdown: string;

  /**
   * @param scope a cluster, or anything in it
   * @param id the name of the migration, unless `name` is given
   */
  constructor(scope: Construct, id: string, props: PodNetworkMigrationProps) {
    super(scope, id);
    const name = props.name ?? id;
    this.markdown = registerMigration({
      construct: this,
      instantiated: new.target,
      name,
      problems: nodesProblems(props),
      plan: (cluster) =>
        planPodNetworkMigration({
          name,
          cluster: cluster.name,
          from: props.from,
          to: target(props, cluster),
          temporaryPool: props.temporaryPool,
          nodeGroups: nodeGroupsOf(props, cluster),
          podsPerNode: cluster.spec?.podsPerNode ?? 110,
          pods: props.pods,
          waveSize: props.waveSize ?? 1,
          waveTimeoutMinutes: props.waveTimeoutMinutes ?? 30,
          restart: props.restart ?? PodRestart.DRAIN,
          kubeProxy: props.kubeProxy ?? true,
          calicoOperator: props.calicoOperator ?? false,
          calicoApi: calicoApiOf(props),
          distribution: distributionOf(this, props),
          clusterDomain: clusterDomainOf(cluster),
          others: rangesOfFleet(cluster, ['pods']),
        }),
    });
  }
}

function target({ from, to = {} }: PodNetworkMigrationProps, { fleet, name }: PlannedCluster): PodNetworkInput {
  const cni = to.cni ?? from.cni;
  const podCidrs = to.podCidrs ?? fleet.plan.clusters.get(name)?.podCidrs ?? [];
  return {
    cni,
    podCidrs,
    nodeCidrMaskSize: to.nodeCidrMaskSize ?? from.nodeCidrMaskSize,
    pools: to.pools ?? (cni === PodNetworkCni.CALICO ? podCidrs.map(plannedPool) : undefined),
  };
}

/** Another name than the default pool has, which exists at the same time. */
function plannedPool(cidr: string): PoolInput {
  return { name: `planned-${cidr.includes(':') ? 'ipv6' : 'ipv4'}-ippool`, cidr };
}
