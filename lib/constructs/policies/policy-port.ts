import { Protocol } from '../services/protocol';
import type { NetworkPolicyPort } from './network-policy-spec';

/**
 * Ports of a NetworkPolicy rule. They are ports of the pods (`containerPort`), never of the Service in front of them: a
 * policy sees traffic after it was sent on to a pod.
 */
export class PolicyPort {
  /**
   * A TCP port.
   *
   * @param port 1 to 65535
   */
  public static tcp(port: number): PolicyPort {
    return new PolicyPort(Protocol.TCP, port);
  }

  /**
   * A UDP port.
   *
   * @param port 1 to 65535
   */
  public static udp(port: number): PolicyPort {
    return new PolicyPort(Protocol.UDP, port);
  }

  /**
   * An SCTP port.
   *
   * @param port 1 to 65535
   */
  public static sctp(port: number): PolicyPort {
    return new PolicyPort(Protocol.SCTP, port);
  }

  /**
   * TCP ports; network plugins that do not know ranges apply the first port only.
   *
   * @param first 1 to 65535
   * @param last not below `first`, and part of the range
   */
  public static tcpRange(first: number, last: number): PolicyPort {
    return new PolicyPort(Protocol.TCP, first, last);
  }

  /**
   * UDP ports; network plugins that do not know ranges apply the first port only.
   *
   * @param first 1 to 65535
   * @param last not below `first`, and part of the range
   */
  public static udpRange(first: number, last: number): PolicyPort {
    return new PolicyPort(Protocol.UDP, first, last);
  }

  /**
   * SCTP ports; network plugins that do not know ranges apply the first port only.
   *
   * @param first 1 to 65535
   * @param last not below `first`, and part of the range
   */
  public static sctpRange(first: number, last: number): PolicyPort {
    return new PolicyPort(Protocol.SCTP, first, last);
  }

  /**
   * The container port of this name, whatever its number is in each pod.
   *
   * @param name at most 15 characters, `containers[].ports[].name`
   * @param protocol its protocol, TCP when left out; a port of another protocol does not match
   */
  public static named(name: string, protocol: Protocol = Protocol.TCP): PolicyPort {
    return new PolicyPort(protocol, name);
  }

  /** All TCP ports. */
  public static allTcp(): PolicyPort {
    return new PolicyPort(Protocol.TCP);
  }

  /** All UDP ports. */
  public static allUdp(): PolicyPort {
    return new PolicyPort(Protocol.UDP);
  }

  /** All SCTP ports. */
  public static allSctp(): PolicyPort {
    return new PolicyPort(Protocol.SCTP);
  }

  private constructor(
    private readonly protocol: Protocol,
    private readonly port?: number | string,
    private readonly last?: number,
  ) {}

  /** @internal */
  public _spec(): NetworkPolicyPort {
    const { protocol, port, last } = this;
    return { protocol, port, endPort: last };
  }

  /** @internal */
  public _expected(): { readonly protocol: string; readonly port?: number | string; readonly endPort?: number } {
    return { protocol: this.protocol, port: this.port, endPort: this.last };
  }
}
