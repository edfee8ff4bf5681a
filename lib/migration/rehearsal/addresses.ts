import { type Cidr, cidrHas, type IpAddress } from '../../address';
import { readCidr, readIpAddress } from '../../model';

/** The CIDRs of a list with commas, as flags and kubeadm write it; what is none is left out. */
export function parsedCidrs(text: string): Cidr[] {
  return text
    .split(',')
    .map((part) => readCidr(part.trim()))
    .filter((cidr) => cidr !== undefined);
}

export function parsedAddress(text: string): IpAddress | undefined {
  return readIpAddress(text);
}

/** Whether one of the ranges has the address. */
export function isIn(ranges: readonly string[], address: string): boolean {
  const parsed = parsedAddress(address);
  return (
    parsed !== undefined &&
    ranges.some((range) => parsedCidrs(range).some((cidr) => cidr.family === parsed.family && cidrHas(cidr, parsed)))
  );
}
