import { canonicalAddress } from '../objects/canonical-address';
import type { GatewayAddressSpec } from './gateway-spec';

/** An address that a Gateway asks its implementation for. */
export class GatewayAddress {
  /**
   * An IP address.
   *
   * @param address IPv4 or IPv6
   */
  public static ip(address: string): GatewayAddress {
    return new GatewayAddress({ type: 'IPAddress', value: canonicalAddress(address) });
  }

  /** An IP address that the implementation chooses, where it supports that. */
  public static anyIp(): GatewayAddress {
    return new GatewayAddress({ type: 'IPAddress' });
  }

  /**
   * A name of DNS.
   *
   * @param name such as `edge.example.com`
   */
  public static hostname(name: string): GatewayAddress {
    return new GatewayAddress({ type: 'Hostname', value: name });
  }

  /**
   * An address of a type that the implementation defines.
   *
   * @param type such as `example.com/vpc-address`, or `NamedAddress` where the implementation reads that
   * @param value what the type asks for
   */
  public static ofType(type: string, value: string): GatewayAddress {
    return new GatewayAddress({ type, value });
  }

  private constructor(/** @internal */ public readonly _spec: GatewayAddressSpec) {}
}
