import {
  AddressError,
  type Cidr,
  cidrHas,
  formatAddress,
  formatCidr,
  type IpAddress,
  lastAddress,
  parseAddress,
} from '../address';
import type { FieldValue } from '../model';

/** An address field that could be read. What cannot be read is the business of the rules about syntax. */
export interface AddressField extends FieldValue<IpAddress> {
  /** Canonical, so that `fd00::1` and `fd00:0::1` are one address. */
  readonly text: string;
}

/** The addresses of an object, each at the first field that has it. */
export function addressFields(fields: readonly FieldValue<string>[]): AddressField[] {
  const byText = new Map<string, AddressField>();
  for (const { value, path } of fields) {
    const address = readAddress(value);
    if (address === undefined) continue;
    const text = formatAddress(address);
    if (!byText.has(text)) byText.set(text, { value: address, text, path });
  }
  return [...byText.values()];
}

function readAddress(value: string): IpAddress | undefined {
  try {
    return parseAddress(value);
  } catch (error) {
    if (error instanceof AddressError) return undefined;
    throw error;
  }
}

/** The largest of the ranges around the address: ServiceCIDRs may overlap, and act as one (KEP-1880). */
export function coveringCidr(cidrs: readonly Cidr[], address: IpAddress): Cidr | undefined {
  return cidrs
    .filter((cidr) => cidrHas(cidr, address))
    .reduce<Cidr | undefined>(
      (largest, cidr) => (largest === undefined || cidr.prefix < largest.prefix ? cidr : largest),
      undefined,
    );
}

/** IPv4 has a broadcast address in each range, which nothing can use. */
export function isBroadcast(cidr: Cidr, address: IpAddress): boolean {
  return cidr.family === 'IPv4' && address.value === lastAddress(cidr);
}

export function cidrList(cidrs: readonly Cidr[]): string {
  return cidrs.length === 0 ? 'no range' : cidrs.map(formatCidr).join(', ');
}
