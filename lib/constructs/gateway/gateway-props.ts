import type { NamespacedObjectProps } from '../objects/object-props';
import type { GatewayAddress } from './gateway-address';
import type { IGatewayClass } from './gateway-class';
import type { GatewayListener } from './gateway-listener';
import type { GatewayNamespaces } from './gateway-namespaces';
import type { CertificateAuthority, GatewayCertificate } from './gateway-references';

/** Which routes a default Gateway takes that name no Gateway. */
export enum GatewayDefaultScope {
  /** Every route that asks for a default Gateway. */
  ALL = 'All',
  /** None: it is no default Gateway. */
  NONE = 'None',
}

/** What becomes of a client without a certificate that an authority vouches for. */
export enum ClientValidationMode {
  /** Its connection is refused. */
  ALLOW_VALID_ONLY = 'AllowValidOnly',
  /** It is let in, and backends have to look. */
  ALLOW_INSECURE_FALLBACK = 'AllowInsecureFallback',
}

/** How the certificates of clients are judged. */
export interface ClientValidation {
  /** Who vouches for clients, at least one. */
  readonly authorities: CertificateAuthority[];

  /** @default ClientValidationMode.ALLOW_VALID_ONLY */
  readonly mode?: ClientValidationMode;
}

/** How the certificates of clients are judged that come to one port. */
export interface PortClientValidation {
  /** The port of listeners. */
  readonly port: number;

  /**
   * What holds for the port instead of `clientValidation`.
   *
   * @default - clients of this port need no certificate
   */
  readonly validation?: ClientValidation;
}

/** The object with the settings for what an implementation makes for one Gateway, in the namespace of the Gateway. */
export interface GatewayParameters {
  /**
   * The API group of its kind.
   *
   * @default - the core group
   */
  readonly group?: string;

  /** Its kind. */
  readonly kind: string;

  /** Its name. */
  readonly name: string;
}

/** Props of `Gateway`. */
export interface GatewayProps extends NamespacedObjectProps {
  /** Its class: a `GatewayClass`, or `GatewayClass.named('cilium')`. */
  readonly gatewayClass: IGatewayClass;

  /**
   * The ports at which it takes traffic.
   *
   * @default - none; `addListener()` adds some
   */
  readonly listeners?: GatewayListener[];

  /**
   * The addresses it asks for, at most 16.
   *
   * @default - the implementation chooses
   */
  readonly addresses?: GatewayAddress[];

  /**
   * Labels of what the implementation makes for the Gateway, such as its Deployment and Service.
   *
   * @default - none
   */
  readonly infrastructureLabels?: { [key: string]: string };

  /**
   * Annotations of what the implementation makes for the Gateway, such as its Deployment and Service.
   *
   * @default - none
   */
  readonly infrastructureAnnotations?: { [key: string]: string };

  /**
   * Settings of the implementation for this Gateway.
   *
   * @default - those of the class
   */
  readonly infrastructureParameters?: GatewayParameters;

  /**
   * The namespaces whose ListenerSets may add listeners.
   *
   * @default - none
   */
  readonly listenerSetsFrom?: GatewayNamespaces;

  /**
   * The certificate that the Gateway shows to backends.
   *
   * @default - none
   */
  readonly clientCertificate?: GatewayCertificate;

  /**
   * How the certificates of clients are judged, at all HTTPS listeners.
   *
   * @default - clients need no certificate
   */
  readonly clientValidation?: ClientValidation;

  /**
   * The same for single ports.
   *
   * @default - `clientValidation` holds for every port
   */
  readonly clientValidationByPort?: PortClientValidation[];

  /**
   * Experimental: the field is in the experimental channel of Gateway API only. Which routes attach that name no Gateway.
   *
   * @default - none
   */
  readonly defaultScope?: GatewayDefaultScope;
}
