/** How an address is asked of a load balancer: each implementation has its own field. */
export enum LoadBalancerImplementation {
  /** `spec.loadBalancerIP`: one address, deprecated since Kubernetes 1.24 and still what most cloud providers read. */
  SPEC_FIELD = 'spec.loadBalancerIP',
  /** The annotation `metallb.io/loadBalancerIPs` of MetalLB: one address of each family. */
  METALLB = 'metallb.io/loadBalancerIPs',
  /** The annotation `lbipam.cilium.io/ips` of Cilium's LoadBalancer IPAM: one address of each family. */
  CILIUM = 'lbipam.cilium.io/ips',
  /** The annotation `projectcalico.org/loadBalancerIPs` of Calico's LoadBalancer IPAM: one address of each family. */
  CALICO = 'projectcalico.org/loadBalancerIPs',
}

/**
 * How a Service comes to the address of its load balancer.
 *
 * An address is asked for in `spec.loadBalancerIP` unless `via()` names the implementation. That field holds one
 * address only, so that a dual-stack Service needs `via()`:
 *
 * `LoadBalancerIp.planned().via(LoadBalancerImplementation.METALLB)`
 */
export class LoadBalancerIp {
  /** The load balancer chooses. */
  public static dynamic(): LoadBalancerIp {
    return new LoadBalancerIp(undefined, false, LoadBalancerImplementation.SPEC_FIELD);
  }

  /**
   * These addresses, in a load balancer range of the cluster.
   *
   * @param ips one address, or one of each family
   */
  public static fixed(...ips: string[]): LoadBalancerIp {
    return new LoadBalancerIp([...ips], false, LoadBalancerImplementation.SPEC_FIELD);
  }

  /** Netloom chooses a free address of the cluster's load balancer ranges during synth, one for each family of the Service, and keeps it in the lock. */
  public static planned(): LoadBalancerIp {
    return new LoadBalancerIp(undefined, true, LoadBalancerImplementation.SPEC_FIELD);
  }

  private constructor(
    /** @internal */ public readonly _ips: readonly string[] | undefined,
    /** @internal */ public readonly _planned: boolean,
    /** @internal */ public readonly _implementation: LoadBalancerImplementation,
  ) {}

  /**
   * The same, asked for where this implementation looks.
   *
   * @param implementation what gives the cluster its load balancer addresses
   */
  public via(implementation: LoadBalancerImplementation): LoadBalancerIp {
    return new LoadBalancerIp(this._ips, this._planned, implementation);
  }
}
