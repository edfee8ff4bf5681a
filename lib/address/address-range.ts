import { AddressError, didYouMean, quoted, requireText } from './address-error';
import { cidrAt, lastAddress, parseCidr, type Cidr } from './cidr';
import { addressBits, compareBigints, compareFamilies, spaceSize, type IpFamily } from './family';
import { explainAddress, formatAddress, parseAddress, readAddress, refusedAddress, type IpAddress } from './ip-address';

/** Addresses in a row, `first` and `last` included; never empty. */
export interface AddressRange {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Reads `first-last`, a CIDR, or one address.
 *
 * @throws AddressError when a part is refused by `parseAddress` or `parseCidr`, when the families differ or the ends are swapped
 */
export function parseRange(text: string): AddressRange {
  requireText(text, 'an address range', RANGE_EXAMPLES);
  const [first, last, ...more] = text.split('-');
  if (more.length > 0) throw new AddressError(`${quoted(text)} has more than one dash`, RANGE_EXAMPLES);
  if (!text.includes('-'))
    return text.includes('/') ? rangeOfCidr(parseCidr(text)) : rangeOfAddress(parseAddress(text));
  const range = rangeBetween(readAddress(first), readAddress(last));
  if (range === null) throw refusedRange(text, first, last);
  return range;
}

/** `first-last`, both canonical, also where the range is one address or a CIDR. */
export function formatRange(range: AddressRange): string {
  const first = formatAddress({ family: range.family, value: range.first });
  return `${first}-${formatAddress({ family: range.family, value: range.last })}`;
}

export function rangeOfCidr(cidr: Cidr): AddressRange {
  return { family: cidr.family, first: cidr.base, last: lastAddress(cidr) };
}

/** The smallest list of CIDRs that covers exactly the range, in order; at most two of each size. */
export function rangeToCidrs(range: AddressRange): Cidr[] {
  const cidrs: Cidr[] = [];
  // A block is as large as the alignment of its first address and the rest of the range allow; once the rest is the limit it stays so.
  let limit = spaceSize(range.family);
  for (let at = range.first; at <= range.last;) {
    const rest = range.last - at + 1n;
    while (limit > rest) limit >>= 1n;
    const alignment = at & -at;
    const size = at === 0n || alignment > limit ? limit : alignment;
    cidrs.push(cidrAt(range.family, at, addressBits(range.family) - exponentOf(size)));
    at += size;
  }
  return cidrs;
}

/** IPv4 before IPv6, then by first address, then the longer range first. */
export function compareRanges(a: AddressRange, b: AddressRange): number {
  return compareFamilies(a.family, b.family) || compareBigints(a.first, b.first) || compareBigints(b.last, a.last);
}

export function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

const RANGE_EXAMPLES = 'write one such as 10.0.0.10-10.0.0.20, 10.0.0.0/24 or fd00::10-fd00::20';

function rangeOfAddress(address: IpAddress): AddressRange {
  return { family: address.family, first: address.value, last: address.value };
}

/** The exponent of a power of two. */
function exponentOf(power: bigint): number {
  return power.toString(2).length - 1;
}

function rangeBetween(first: IpAddress | null, last: IpAddress | null): AddressRange | null {
  if (first === null || last?.family !== first.family || last.value < first.value) return null;
  return { family: first.family, first: first.value, last: last.value };
}

function refusedRange(text: string, firstText: string, lastText: string): AddressError {
  const first = readAddress(firstText);
  const last = readAddress(lastText);
  if (first !== null && last !== null) return refusedOrder(text, first, last);
  const refusals = [firstText, lastText].filter((end) => readAddress(end) === null).map(refusedAddress);
  const reason = `${quoted(text)} is not an address range, ${refusals.map((refusal) => refusal.reason).join(' and ')}`;
  const meant = rangeBetween(meantAddress(firstText), meantLast(firstText, lastText) ?? meantAddress(lastText));
  return new AddressError(reason, meant === null ? RANGE_EXAMPLES : didYouMean([formatRange(meant)]));
}

function refusedOrder(text: string, first: IpAddress, last: IpAddress): AddressError {
  const swapped = rangeBetween(last, first);
  return swapped === null
    ? new AddressError(`${text} goes from ${first.family} to ${last.family}`, 'write one range for each family')
    : new AddressError(`${text} ends before it starts`, didYouMean([formatRange(swapped)]));
}

/** The address itself, or the only one that may have been meant. */
function meantAddress(text: string): IpAddress | null {
  const address = readAddress(text);
  if (address !== null) return address;
  const instead = explainAddress(text)?.instead ?? [];
  return instead.length === 1 ? instead[0] : null;
}

/** `10.0.0.1-20` is common shorthand for `10.0.0.1-10.0.0.20`. */
function meantLast(firstText: string, lastText: string): IpAddress | null {
  const place = Math.max(firstText.lastIndexOf('.'), firstText.lastIndexOf(':')) + 1;
  return readAddress(firstText.slice(0, place) + lastText);
}
