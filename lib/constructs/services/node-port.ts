/**
 * How a port of a Service comes to its node port (`spec.ports[].nodePort`): one number, open on every node, and
 * unique in the cluster whatever the protocol.
 */
export class NodePort {
  /** The cluster chooses a number when the Service is created. */
  public static dynamic(): NodePort {
    return new NodePort(undefined, false);
  }

  /**
   * This number, in the node port range of the cluster.
   *
   * @param port 1 to 65535; 30000 to 32767 unless the API server was told otherwise
   */
  public static fixed(port: number): NodePort {
    return new NodePort(port, false);
  }

  /** Netloom chooses a free number of the static band (KEP-3668) during synth and keeps it in the lock. */
  public static planned(): NodePort {
    return new NodePort(undefined, true);
  }

  private constructor(
    /** @internal */ public readonly _port: number | undefined,
    /** @internal */ public readonly _planned: boolean,
  ) {}
}
