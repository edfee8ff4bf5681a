import { AddressError, type Cidr, cidrHas, formatAddress, formatCidr, type IpAddress, parseAddress } from '../address';
import type { FieldValue } from '../model';

/** An address field that could be read. What cannot be read is the business of the rules about syntax. */
export interface AddressField extends FieldValue<IpAddress> {
  /** Canonical, so that `fd00::1` and `fd00:0::1` are one address. */
  readonly text: string;
}

export function addressFields(fields: readonly FieldValue<string>[]): AddressField[] {
  return fields.flatMap(({ value, path }) => {
    try {
      const address = parseAddress(value);
      return [{ value: address, text: formatAddress(address), path }];
    } catch (error) {
      if (error instanceof AddressError) return [];
      throw error;
    }
  });
}

export function coveringCidr(cidrs: readonly Cidr[], address: IpAddress): Cidr | undefined {
  return cidrs.find((cidr) => cidrHas(cidr, address));
}

export function cidrList(cidrs: readonly Cidr[]): string {
  return cidrs.length === 0 ? 'no range' : cidrs.map(formatCidr).join(', ');
}
