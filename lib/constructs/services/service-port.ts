import type { NodePort } from './node-port';
import type { Protocol } from './protocol';

/** A port of a Service (`spec.ports[]`), as clients see it. */
export interface ServicePort {
  /** The port on the Service's address, 1 to 65535. */
  readonly port: number;

  /**
   * The name, a DNS label. Named ports have SRV records; an Ingress can refer to names of at most 15 characters.
   *
   * @default - none; required when the Service has several ports
   */
  readonly name?: string;

  /** @default Protocol.TCP */
  readonly protocol?: Protocol;

  /**
   * What is spoken on the port: an IANA service name, or a prefixed name such as `kubernetes.io/h2c`.
   *
   * @default - unknown
   */
  readonly appProtocol?: string;
}

/** A port of a Service in front of pods. */
export interface PodServicePort extends ServicePort {
  /**
   * The port of the pods that receives the traffic. NetworkPolicies see this port, never the Service's.
   *
   * @default - the same number as `port`
   */
  readonly targetPort?: TargetPort;
}

/** A port of a Service that nodes listen on too. */
export interface NodeServicePort extends PodServicePort {
  /** @default NodePort.dynamic() */
  readonly nodePort?: NodePort;
}

/** A port of a Service in front of addresses that are no pods. */
export interface ExternalServicePort extends ServicePort {
  /**
   * The port on the endpoints, 1 to 65535.
   *
   * @default - the same number as `port`
   */
  readonly targetPort?: number;
}

/** The port of the pods that a Service sends its traffic to. */
export class TargetPort {
  /**
   * A port number.
   *
   * @param port 1 to 65535
   */
  public static number(port: number): TargetPort {
    return new TargetPort(port);
  }

  /**
   * The name of a container port: each pod may have another number behind it.
   *
   * @param name at most 15 characters, `containers[].ports[].name`
   */
  public static name(name: string): TargetPort {
    return new TargetPort(name);
  }

  private constructor(/** @internal */ public readonly _value: number | string) {}
}
