import type { ReferenceSpec } from './gateway-spec';

/** The object behind a reference of Gateway API that is of no usual kind. */
export interface GatewayResource {
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

  /**
   * The namespace it is in.
   *
   * @default - that of the object which refers to it
   */
  readonly namespace?: string;
}

/** Where an object is to which another refers. */
export interface ReferenceOptions {
  /**
   * The namespace it is in. Another one than that of the object which refers to it must have a `ReferenceGrant`.
   *
   * @default - that of the object which refers to it
   */
  readonly namespace?: string;
}

/** A certificate with its key. */
export class GatewayCertificate {
  /**
   * A Secret of the type `kubernetes.io/tls`.
   *
   * @param name its name
   * @param options its namespace
   */
  public static secret(name: string, options: ReferenceOptions = {}): GatewayCertificate {
    return new GatewayCertificate({ name, namespace: options.namespace });
  }

  /**
   * An object of another kind, where the implementation supports it.
   *
   * @param resource the object
   */
  public static resource(resource: GatewayResource): GatewayCertificate {
    return new GatewayCertificate(resourceSpec(resource));
  }

  private constructor(/** @internal */ public readonly _spec: ReferenceSpec) {}
}

/** Certificates of authorities, by which a peer is judged. */
export class CertificateAuthority {
  /**
   * A ConfigMap with the certificates in the key `ca.crt`.
   *
   * @param name its name
   * @param options its namespace
   */
  public static configMap(name: string, options: ReferenceOptions = {}): CertificateAuthority {
    return CertificateAuthority.resource({ kind: 'ConfigMap', name, namespace: options.namespace });
  }

  /**
   * An object of another kind, where the implementation supports it.
   *
   * @param resource the object
   */
  public static resource(resource: GatewayResource): CertificateAuthority {
    return new CertificateAuthority(resourceSpec(resource));
  }

  private constructor(/** @internal */ public readonly _spec: ReferenceSpec) {}
}

function resourceSpec({ group = '', kind, name, namespace }: GatewayResource): ReferenceSpec {
  return { group, kind, name, namespace };
}
