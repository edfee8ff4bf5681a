import {
  addressBits,
  AddressError,
  type Cidr,
  cidrAt,
  cidrHas,
  compareCidrs,
  formatAddress,
  formatCidr,
  type IpAddress,
  lastAddress,
  nearestContainers,
  parseAddress,
} from '../address';
import { type FieldValue, flatMap } from '../model';

/** An address field that could be read. What cannot be read is the business of the rules about syntax. */
export interface AddressField extends FieldValue<IpAddress> {
  /** Canonical, so that `fd00::1` and `fd00:0::1` are one address. */
  readonly text: string;
}

/** The addresses of an object, each at the first field that has it. */
export function addressFields(fields: readonly FieldValue<string>[]): readonly AddressField[] {
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

/** The largest of the ranges around the address: ServiceCIDRs may overlap, and act as one (KEP-1880). O(log n) after the first question. */
export function coveringCidr(cidrs: readonly Cidr[], address: IpAddress): Cidr | undefined {
  const outermost = outermostOf(cidrs);
  const alone = cidrAt(address.family, address.value, addressBits(address.family));
  let low = 0;
  let high = outermost.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareCidrs(outermost[middle], alone) <= 0) low = middle + 1;
    else high = middle;
  }
  const nearest = outermost.at(Math.max(low - 1, 0));
  return nearest !== undefined && cidrHas(nearest, address) ? nearest : undefined;
}

/** Every rule asks about the same ranges, for thousands of addresses. */
const known = new WeakMap<readonly Cidr[], readonly Cidr[]>();

/** Sorted, without those that lie inside of another one. */
function outermostOf(cidrs: readonly Cidr[]): readonly Cidr[] {
  const answer =
    known.get(cidrs) ??
    flatMap(
      nearestContainers(cidrs, (cidr) => cidr),
      ({ item, container }) => (container === null ? [item] : []),
    );
  known.set(cidrs, answer);
  return answer;
}

/** IPv4 has a broadcast address in each range, which nothing can use. */
export function isBroadcast(cidr: Cidr, address: IpAddress): boolean {
  return cidr.family === 'IPv4' && address.value === lastAddress(cidr);
}

const LISTED_CIDRS = 10;

export function cidrList(cidrs: readonly Cidr[]): string {
  if (cidrs.length === 0) return 'no range';
  const more = cidrs.length > LISTED_CIDRS ? ` and ${cidrs.length - LISTED_CIDRS} more` : '';
  return cidrs.slice(0, LISTED_CIDRS).map(formatCidr).join(', ') + more;
}
