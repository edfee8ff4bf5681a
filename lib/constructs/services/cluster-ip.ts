/**
 * How a Service comes to its cluster address (`spec.clusterIP`).
 */
export class ClusterIp {
  /** The cluster chooses an address when the Service is created. */
  public static dynamic(): ClusterIp {
    return new ClusterIp(undefined, false);
  }

  /**
   * These addresses, in a service CIDR of the cluster.
   *
   * @param ips one address, or two of different families; the first is of the primary family
   */
  public static fixed(...ips: string[]): ClusterIp {
    return new ClusterIp([...ips], false);
  }

  /** Netloom chooses a free address of the static band (KEP-3070) during synth, one for each family of the Service, and keeps it in the lock. */
  public static planned(): ClusterIp {
    return new ClusterIp(undefined, true);
  }

  private constructor(
    /** @internal */ public readonly _ips: readonly string[] | undefined,
    /** @internal */ public readonly _planned: boolean,
  ) {}
}
