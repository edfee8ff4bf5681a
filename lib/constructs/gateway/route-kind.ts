import type { RouteKindSpec } from './gateway-spec';

/** A kind of routes that a listener may allow. */
export class RouteKind {
  /** HTTPRoute. */
  public static readonly HTTP = new RouteKind('HTTPRoute');
  /** GRPCRoute. */
  public static readonly GRPC = new RouteKind('GRPCRoute');
  /** TLSRoute. */
  public static readonly TLS = new RouteKind('TLSRoute');
  /** TCPRoute. */
  public static readonly TCP = new RouteKind('TCPRoute');
  /** UDPRoute. */
  public static readonly UDP = new RouteKind('UDPRoute');

  /**
   * A kind of an implementation.
   *
   * @param group the API group of the kind
   * @param kind the kind
   */
  public static of(group: string, kind: string): RouteKind {
    return new RouteKind(kind, group);
  }

  private constructor(
    private readonly kind: string,
    private readonly group?: string,
  ) {}

  /** @internal */
  public _spec(): RouteKindSpec {
    return { group: this.group, kind: this.kind };
  }
}
