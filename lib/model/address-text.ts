/** Readers of addresses in objects. What cannot be read is undefined: saying why is the business of a rule. */

import {
  AddressError,
  addressBits,
  type AddressRange,
  type Cidr,
  cidrAt,
  type IpAddress,
  parseRange,
  readAddress,
  readCidr as readCidrText,
} from '../address';

export function readIpAddress(value: string | undefined): IpAddress | undefined {
  return typeof value === 'string' ? (readAddress(value) ?? undefined) : undefined;
}

export function readCidr(value: string | undefined): Cidr | undefined {
  return typeof value === 'string' ? (readCidrText(value) ?? undefined) : undefined;
}

/** `first-last`, a CIDR or an address. */
export function readRange(value: string | undefined): AddressRange | undefined {
  if (value === undefined) return undefined;
  try {
    return parseRange(value);
  } catch (error) {
    if (error instanceof AddressError) return undefined;
    throw error;
  }
}

const IPV4_MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)\/(?:\d|[1-9]\d|1[01]\d|12[0-8])$/i;

/** A CIDR of IPv6 for Go, which reads it without a word, and of IPv4 for others. */
export function isIpv4Mapped(cidr: string): boolean {
  return readIpAddress(IPV4_MAPPED.exec(cidr)?.[1]) !== undefined;
}

/** As Go's `net.ParseCIDR` has it: bits beyond the prefix are dropped, so that 10.0.0.9/24 is 10.0.0.0/24. */
export function readMaskedCidr(value: string | undefined): Cidr | undefined {
  const slash = value?.lastIndexOf('/') ?? -1;
  const address = readIpAddress(value?.slice(0, slash));
  const prefixText = value?.slice(slash + 1) ?? '';
  if (slash < 0 || address === undefined || !/^(0|[1-9][0-9]{0,2})$/.test(prefixText)) return undefined;
  const prefix = Number(prefixText);
  const bits = addressBits(address.family);
  if (prefix > bits) return undefined;
  const hostBits = BigInt(bits - prefix);
  return cidrAt(address.family, (address.value >> hostBits) << hostBits, prefix);
}
