import { hostBits, lastAddress, type AddressRange, type Cidr } from '../address';
import type { PortRange } from '../address';

/**
 * The static band of a service CIDR: what the API server leaves to addresses that are chosen by hand until the rest is used up
 * (KEP-3070, `calculateRangeOffset` of the ClusterIP allocator). Null if the range has none, which is so up to 16 addresses.
 *
 * `10.96.0.0/22` → 10.96.0.1 to 10.96.0.64
 */
export function serviceStaticBand(cidr: Cidr): AddressRange | null {
  const offset = bandSize(2 ** hostBits(cidr), { share: 16, most: 256 });
  if (offset === 0) return null;
  return { family: cidr.family, first: cidr.base + 1n, last: cidr.base + BigInt(offset) };
}

/**
 * The static band of the node ports (KEP-3668, `calculateRangeOffset` of the port allocator). Null if the range has none, which is so up to 16
 * ports.
 *
 * `30000-32767` → 30000 to 30085
 */
export function nodePortStaticBand(range: PortRange): PortRange | null {
  const offset = bandSize(range.last - range.first + 1, { share: 32, most: 128 });
  return offset === 0 ? null : { first: range.first, last: range.first + offset - 1 };
}

/** The first address of a service CIDR is that of the Service `kubernetes`, the one at index 10 that of DNS by kubeadm's choice. */
export function reservedServiceAddresses(cidr: Cidr): { value: bigint; owner: string }[] {
  return [
    { value: cidr.base + 1n, owner: 'Service default/kubernetes' },
    { value: cidr.base + 10n, owner: 'the DNS Service' },
  ].filter(({ value }) => value <= lastAddress(cidr));
}

const LEAST = 16;

function bandSize(size: number, { share, most }: { share: number; most: number }): number {
  if (size <= LEAST) return 0;
  return Math.min(Math.max(LEAST, Math.floor(size / share)), most);
}
