import { Construct } from 'constructs';
import { planLoadBalancerRangeChange } from '../../migration';
import { rangesOfFleet } from './fleet-ranges';
import type { CalicoApi } from '../calico/calico-options';
import type { ClusterDistribution } from './cluster-software';
import { ciliumVersionOf } from '../cluster/network-plugin';
import { calicoApiOf, distributionOf } from './software-of';
import { registerMigration } from './runbook-files';

/** What gives addresses to Services of type LoadBalancer. */
export enum LoadBalancerProvider {
  /** MetalLB: IPAddressPools. */
  METALLB = 'metallb',
  /** Cilium: CiliumLoadBalancerIPPools. */
  CILIUM = 'cilium',
  /** Calico 3.30 and later: IPPools with the use LoadBalancer. */
  CALICO = 'calico',
}

/** A pool of load balancer addresses that exists. */
export interface LoadBalancerPoolSource {
  /** `metadata.name`. */
  readonly pool: string;
  /** Its ranges, as CIDRs. */
  readonly cidrs: string[];
}

/** A pool of load balancer addresses that shall take its place. */
export interface LoadBalancerPoolTarget {
  /** `metadata.name`: another one, because both pools exist for a while. */
  readonly pool: string;
  /**
   * Its ranges, as CIDRs.
   * @default - loadBalancerCidrs of the cluster
   */
  readonly cidrs?: string[];
}

/** Props of `LoadBalancerRangeChange`. */
export interface LoadBalancerRangeChangeProps {
  /**
   * The folder of the runbook below `migration`.
   * @default - the id
   */
  readonly name?: string;
  /** What gives the addresses. */
  readonly provider: LoadBalancerProvider;
  /** The pool as it is. */
  readonly from: LoadBalancerPoolSource;
  /** The pool that takes its place. */
  readonly to: LoadBalancerPoolTarget;
  /**
   * How many Services of type LoadBalancer there are.
   * @default - not known
   */
  readonly services?: number;
  /**
   * The namespace of MetalLB.
   * @default metallb-system
   */
  readonly namespace?: string;
  /**
   * With what pools of Calico are read and changed.
   * @default CalicoApi.CALICOCTL
   */
  readonly calicoApi?: CalicoApi;
  /**
   * What made the control plane.
   * @default - ClusterDistribution.KUBEADM, unless the cluster has a K3sConfig or an Rke2Config
   */
  readonly distribution?: ClusterDistribution;
}

/**
 * Other addresses for the Services of type LoadBalancer of a running cluster, as a runbook in `migration/NAME`: both pools exist until no
 * client uses an old address.
 */
export class LoadBalancerRangeChange extends Construct {
  /** The runbook in Markdown; empty if there is none. */
  public readonly markdown: string;

  constructor(scope: Construct, id: string, props: LoadBalancerRangeChangeProps) {
    super(scope, id);
    this.markdown = registerMigration({
      construct: this,
      instantiated: new.target,
      name: props.name ?? id,
      plan: (cluster) =>
        planLoadBalancerRangeChange({
          cluster: cluster.name,
          loadBalancer: props.provider,
          namespace: props.namespace ?? 'metallb-system',
          calicoApi: calicoApiOf(props),
          distribution: distributionOf(this, props),
          ciliumVersion: ciliumVersionOf(this),
          from: props.from,
          to: {
            pool: props.to.pool,
            cidrs: props.to.cidrs ?? cluster.fleet.plan.clusters.get(cluster.name)?.loadBalancerCidrs ?? [],
          },
          services: props.services,
          // A load balancer range may lie in the network of the nodes of its own cluster.
          others: rangesOfFleet(cluster, ['loadBalancers', 'nodes']),
        }),
    });
  }
}
