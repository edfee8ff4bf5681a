import type { Problem } from '../../finding/problem';
import { emptyListProblems } from '../objects/prop-problems';
import type { GatewayNamespaces } from './gateway-namespaces';
import type { GatewayCertificate } from './gateway-references';
import type { ListenerSpec, ListenerTlsSpec } from './gateway-spec';
import type { RouteKind } from './route-kind';

/** What every listener may say of the routes that attach to it. */
export interface ListenerOptions {
  /**
   * The namespaces whose routes may attach.
   *
   * @default GatewayNamespaces.same()
   */
  readonly routesFrom?: GatewayNamespaces;

  /**
   * The kinds of routes that may attach, at least one.
   *
   * @default - those that the protocol serves
   */
  readonly routeKinds?: RouteKind[];
}

/** What a listener has that sees names of hosts. */
export interface HostListenerOptions extends ListenerOptions {
  /**
   * The host: `shop.example.com`, or `*.example.com` for all names below.
   *
   * @default - all hosts
   */
  readonly hostname?: string;
}

/** Options of `GatewayListener.http()`. */
export interface HttpListenerOptions extends HostListenerOptions {
  /** @default 80 */
  readonly port?: number;
}

/** Options of `GatewayListener.https()`. */
export interface HttpsListenerOptions extends HostListenerOptions {
  /** @default 443 */
  readonly port?: number;

  /**
   * The certificates that it shows, of which the one for the host is chosen.
   *
   * @default - none: `tlsOptions` say where the implementation has them from
   */
  readonly certificates?: GatewayCertificate[];

  /**
   * Settings of the implementation, by keys such as `example.com/name`.
   *
   * @default - none
   */
  readonly tlsOptions?: { [key: string]: string };
}

/** Options of `GatewayListener.tls()`. */
export interface TlsListenerOptions extends HostListenerOptions {
  /** The port. */
  readonly port: number;

  /**
   * The certificates that it shows, of which the one for the host is chosen.
   *
   * @default - none: `tlsOptions` say where the implementation has them from
   */
  readonly certificates?: GatewayCertificate[];

  /**
   * Settings of the implementation, by keys such as `example.com/name`.
   *
   * @default - none
   */
  readonly tlsOptions?: { [key: string]: string };
}

/** Options of `GatewayListener.tlsPassthrough()`. */
export interface TlsPassthroughListenerOptions extends HostListenerOptions {
  /** The port. */
  readonly port: number;

  /**
   * Settings of the implementation, by keys such as `example.com/name`.
   *
   * @default - none
   */
  readonly tlsOptions?: { [key: string]: string };
}

/** Options of `GatewayListener.tcp()` and `GatewayListener.udp()`. */
export interface TransportListenerOptions extends ListenerOptions {
  /** The port. */
  readonly port: number;
}

/** A port at which a Gateway takes traffic. Its name is what routes ask for that attach to it alone. */
export class GatewayListener {
  /**
   * HTTP in plain text.
   *
   * @param name unique in the Gateway
   * @param options port, host and routes
   */
  public static http(name: string, options: HttpListenerOptions = {}): GatewayListener {
    const { port = 80, hostname } = options;
    return new GatewayListener({ name, protocol: 'HTTP', port, hostname }, options);
  }

  /**
   * HTTP over TLS, which ends at the Gateway.
   *
   * @param name unique in the Gateway
   * @param options port, host, certificates and routes
   */
  public static https(name: string, options: HttpsListenerOptions): GatewayListener {
    const { port = 443, hostname } = options;
    return new GatewayListener({ name, protocol: 'HTTPS', port, hostname, tls: terminated(options) }, options);
  }

  /**
   * Any protocol over TLS, which ends at the Gateway.
   *
   * @param name unique in the Gateway
   * @param options port, host, certificates and routes
   */
  public static tls(name: string, options: TlsListenerOptions): GatewayListener {
    const { port, hostname } = options;
    return new GatewayListener({ name, protocol: 'TLS', port, hostname, tls: terminated(options) }, options);
  }

  /**
   * TLS that ends at the backends, which have the certificates: the Gateway sees the host alone.
   *
   * @param name unique in the Gateway
   * @param options port, host and routes
   */
  public static tlsPassthrough(name: string, options: TlsPassthroughListenerOptions): GatewayListener {
    const { port, hostname, tlsOptions } = options;
    const tls = { mode: 'Passthrough', options: tlsOptions };
    return new GatewayListener({ name, protocol: 'TLS', port, hostname, tls }, options);
  }

  /**
   * TCP.
   *
   * @param name unique in the Gateway
   * @param options port and routes
   */
  public static tcp(name: string, options: TransportListenerOptions): GatewayListener {
    return new GatewayListener({ name, protocol: 'TCP', port: options.port }, options);
  }

  /**
   * UDP.
   *
   * @param name unique in the Gateway
   * @param options port and routes
   */
  public static udp(name: string, options: TransportListenerOptions): GatewayListener {
    return new GatewayListener({ name, protocol: 'UDP', port: options.port }, options);
  }

  private constructor(
    private readonly own: Omit<ListenerSpec, 'allowedRoutes'>,
    private readonly options: ListenerOptions,
  ) {}

  /** The name of the listener. */
  public get name(): string {
    return this.own.name;
  }

  /** @internal */
  public _spec(): ListenerSpec {
    const { routesFrom, routeKinds } = this.options;
    const isLimited = routesFrom !== undefined || routeKinds !== undefined;
    return {
      ...this.own,
      allowedRoutes: isLimited
        ? { namespaces: routesFrom?._spec(), kinds: routeKinds?.map((kind) => kind._spec()) }
        : undefined,
    };
  }

  /** @internal */
  public _problems(prop: string): Problem[] {
    const { routesFrom, routeKinds } = this.options;
    return [
      ...(routesFrom?._problems(`${prop}.routesFrom`) ?? []),
      ...emptyListProblems(`${prop}.routeKinds`, routeKinds, {
        meaning: 'which allows every kind that the protocol serves',
        help: 'leave it out if that is meant, else name the kinds',
      }),
    ];
  }
}

function terminated({ certificates, tlsOptions }: HttpsListenerOptions | TlsListenerOptions): ListenerTlsSpec {
  return { mode: 'Terminate', certificateRefs: certificates?.map(({ _spec }) => _spec), options: tlsOptions };
}
