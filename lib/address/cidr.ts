import ipaddr from 'ipaddr.js';
import { AddressError, didYouMean, quoted, requireText } from './address-error';
import { addressBits, compareBigints, compareFamilies, spaceSize, type IpFamily } from './family';
import { explainAddress, formatAddress, readAddress, type IpAddress } from './ip-address';

/** An aligned block of addresses: `base` is the first one, its low `hostBits` bits are zero. */
export interface Cidr {
  readonly family: IpFamily;
  readonly base: bigint;
  /** The prefix length, 0 to 32 or 0 to 128. */
  readonly prefix: number;
}

/**
 * Reads `address/prefix` (RFC 4632 section 3.1, RFC 4291 section 2.3). Everything that `parseAddress` refuses is refused here too, and so
 * are host bits (Kubernetes refuses them, KEP-4858, and what programs make of them differs), netmasks, a missing prefix length and one
 * that is not written as a plain decimal number.
 *
 * @throws AddressError
 */
export function parseCidr(text: string): Cidr {
  requireText(text, 'a CIDR', CIDR_EXAMPLES);
  const cidr = readCidr(text);
  if (cidr !== null) return cidr;
  const { reason, instead, advice } = explainCidr(text);
  throw new AddressError(
    `${quoted(text)} ${reason}`,
    instead.length > 0 ? didYouMean(instead.map(formatCidr)) : (advice ?? CIDR_EXAMPLES),
  );
}

/** The canonical text, `10.0.0.0/8` or `fd00::/8`. */
export function formatCidr(cidr: Cidr): string {
  return `${formatAddress({ family: cidr.family, value: cidr.base })}/${cidr.prefix}`;
}

/** @throws RangeError when the prefix is out of range or `base` is not the first address of a block of that size: the caller's mistake */
export function cidrAt(family: IpFamily, base: bigint, prefix: number): Cidr {
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > addressBits(family)) {
    throw new RangeError(`an ${family} prefix length is an integer from 0 to ${addressBits(family)}, not ${prefix}`);
  }
  if (base < 0n || base >= spaceSize(family)) {
    throw new RangeError(`${String(base)} is not an ${family} address`);
  }
  if (base !== networkOf(family, base, prefix)) {
    throw new RangeError(`${formatAddress({ family, value: base })} is not the first address of a /${prefix}`);
  }
  return { family, base, prefix };
}

/** How many addresses the block has. */
export function cidrSize(cidr: Cidr): bigint {
  return 1n << BigInt(hostBits(cidr));
}

/** How many bits of an address are free in the block. */
export function hostBits(cidr: Cidr): number {
  return addressBits(cidr.family) - cidr.prefix;
}

export function lastAddress(cidr: Cidr): bigint {
  return cidr.base + cidrSize(cidr) - 1n;
}

/**
 * The address at `n`, counted from 0 for the first one, or from the end: -1 is the last.
 *
 * @throws RangeError when the block has no such address
 */
export function nthAddress(cidr: Cidr, n: bigint): IpAddress {
  const size = cidrSize(cidr);
  if (n >= size || n < -size) throw new RangeError(`${formatCidr(cidr)} has no address at ${String(n)}`);
  return { family: cidr.family, value: cidr.base + (n < 0n ? n + size : n) };
}

/** Whether every address of `inner` is in `outer`; a block contains itself. */
export function cidrContains(outer: Cidr, inner: Cidr): boolean {
  return (
    outer.family === inner.family &&
    outer.prefix <= inner.prefix &&
    networkOf(outer.family, inner.base, outer.prefix) === outer.base
  );
}

export function cidrHas(cidr: Cidr, address: IpAddress): boolean {
  return cidr.family === address.family && networkOf(cidr.family, address.value, cidr.prefix) === cidr.base;
}

/** Whether the two share an address, which for aligned blocks means that one contains the other. */
export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  return cidrContains(a, b) || cidrContains(b, a);
}

/**
 * The other half of the parent block.
 *
 * @throws RangeError for a whole address family
 */
export function buddyOf(cidr: Cidr): Cidr {
  requireParent(cidr);
  return { family: cidr.family, base: cidr.base ^ cidrSize(cidr), prefix: cidr.prefix };
}

/**
 * The block of twice the size that contains this one.
 *
 * @throws RangeError for a whole address family
 */
export function parentOf(cidr: Cidr): Cidr {
  requireParent(cidr);
  return networkCidr({ family: cidr.family, value: cidr.base }, cidr.prefix - 1);
}

/** IPv4 before IPv6, then by first address, then the larger block first. */
export function compareCidrs(a: Cidr, b: Cidr): number {
  return compareFamilies(a.family, b.family) || compareBigints(a.base, b.base) || a.prefix - b.prefix;
}

/** A single colon stands before a port. */
const IPV6_TEXT = /:.*:/;
const CIDR_EXAMPLES = 'write one such as 10.0.0.0/8 or fd00::/8';

interface CidrRefusal {
  readonly reason: string;
  readonly instead: readonly Cidr[];
  readonly advice: string | null;
}

function requireParent(cidr: Cidr): void {
  if (cidr.prefix === 0) throw new RangeError(`${formatCidr(cidr)} is all of ${cidr.family}: no block is larger`);
}

function networkOf(family: IpFamily, value: bigint, prefix: number): bigint {
  const bits = BigInt(addressBits(family) - prefix);
  return (value >> bits) << bits;
}

/** The block of that size that has the address. */
function networkCidr(address: IpAddress, prefix: number): Cidr {
  return { family: address.family, base: networkOf(address.family, address.value, prefix), prefix };
}

/** What {@link parseCidr} accepts, or null. */
export function readCidr(text: string): Cidr | null {
  const slash = text.indexOf('/');
  if (slash === -1) return null;
  const address = readAddress(text.slice(0, slash));
  if (address === null) return null;
  const prefix = readPrefix(text.slice(slash + 1), address.family);
  if (prefix === null) return null;
  const cidr = networkCidr(address, prefix);
  return cidr.base === address.value ? cidr : null;
}

function readPrefix(text: string, family: IpFamily): number | null {
  if (!/^(?:0|[1-9]\d{0,2})$/.test(text)) return null;
  const prefix = Number(text);
  return prefix <= addressBits(family) ? prefix : null;
}

function explainCidr(text: string): CidrRefusal {
  if (/\s/.test(text)) {
    const cidr = readCidr(text.replace(/\s+/g, ''));
    return { reason: 'contains white space', instead: cidr === null ? [] : [cidr], advice: null };
  }
  const slash = text.indexOf('/');
  if (slash !== text.lastIndexOf('/')) {
    return { reason: 'has more than one slash', instead: [], advice: null };
  }
  const addressText = slash === -1 ? text : text.slice(0, slash);
  const prefixText = slash === -1 ? null : text.slice(slash + 1);
  if (addressText === '') {
    return { reason: 'has no address before the prefix length', instead: [], advice: null };
  }
  const address = readAddress(addressText);
  if (address === null) return explainCidrAddress(addressText, prefixText);
  if (prefixText === null) {
    const instead = [networkCidr(address, addressBits(address.family))];
    return { reason: 'has no prefix length', instead, advice: null };
  }
  const prefix = readPrefix(prefixText, address.family);
  if (prefix === null) return explainPrefix(address, prefixText);
  const instead = [networkCidr(address, prefix), networkCidr(address, addressBits(address.family))];
  return { reason: 'has host bits set', instead, advice: null };
}

function explainCidrAddress(addressText: string, prefixText: string | null): CidrRefusal {
  const refusal = explainAddress(addressText);
  if (refusal === null) return { reason: 'is not a CIDR', instead: [], advice: null };
  const { reason, instead, advice } = refusal;
  const proposals = instead.flatMap((address) => {
    const prefix = meantPrefix(addressText, prefixText, address.family);
    return prefix === null ? [] : [{ address, cidr: networkCidr(address, prefix) }];
  });
  const exact = proposals.filter(({ address, cidr }) => cidr.base === address.value);
  return {
    reason,
    instead: (exact.length > 0 ? exact : proposals).map(({ cidr }) => cidr),
    advice: instead.length > 0 ? null : advice,
  };
}

/** The prefix length for an address that was proposed in place of `addressText`. */
function meantPrefix(addressText: string, prefixText: string | null, family: IpFamily): number | null {
  if (prefixText === null) return addressBits(family);
  if (family === 'IPv6' || !IPV6_TEXT.test(addressText)) return readPrefix(prefixText, family);
  // An IPv4-mapped IPv6 address: its prefix length counts the 96 bits before the IPv4 address.
  const prefix = readPrefix(prefixText, 'IPv6');
  return prefix === null || prefix < 96 ? null : prefix - 96;
}

function explainPrefix(address: IpAddress, text: string): CidrRefusal {
  const bits = addressBits(address.family);
  const advice = `write a prefix length from /0 to /${bits}`;
  if (text === '') return { reason: 'has no prefix length after the slash', instead: [], advice };
  const mask = readAddress(text);
  if (mask !== null) {
    const prefix = mask.family === address.family ? maskLength(mask) : null;
    const instead = prefix === null ? [] : [networkCidr(address, prefix)];
    return { reason: 'has a netmask instead of a prefix length', instead, advice };
  }
  if (/^0\d+$/.test(text)) {
    const prefix = readPrefix(text.replace(/^0+(?=\d)/, ''), address.family);
    const instead = prefix === null ? [] : [networkCidr(address, prefix)];
    return { reason: 'has leading zeros in its prefix length', instead, advice };
  }
  if (!/^-?\d+$/.test(text)) {
    return { reason: `has the prefix length ${quoted(text)}, which is no decimal number`, instead: [], advice };
  }
  return { reason: `has the prefix length ${text}, which ${address.family} does not have`, instead: [], advice };
}

/** The prefix length of a netmask (255.255.255.0) or of a wildcard mask (0.0.0.255), or null. */
function maskLength(mask: IpAddress): number | null {
  const wildcard = { family: mask.family, value: spaceSize(mask.family) - 1n - mask.value };
  return contiguousLength(mask) ?? contiguousLength(wildcard);
}

function contiguousLength(mask: IpAddress): number | null {
  return ipaddr.parse(formatAddress(mask)).prefixLengthFromSubnetMask();
}
