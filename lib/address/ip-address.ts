import ipaddr from 'ipaddr.js';
import { AddressError, didYouMean, MAX_TEXT_LENGTH, quoted, requireText } from './address-error';
import { addressBits, compareBigints, compareFamilies, type IpFamily } from './family';

/** One address; `value` is its bits as an unsigned integer. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
}

/**
 * Reads dotted-decimal IPv4, or IPv6 in any form of RFC 4291 section 2.2.
 *
 * Refused, because programs disagree on what they mean: octets with leading zeros, hexadecimal or missing octets, IPv4-mapped IPv6
 * addresses (the API server refuses these too, see KEP-4858). Refused, because they are not part of an address: zone ids, brackets,
 * ports, prefix lengths, white space.
 *
 * @throws AddressError
 */
export function parseAddress(text: string): IpAddress {
  requireText(text, 'an IP address', ADDRESS_EXAMPLES);
  const address = readAddress(text);
  if (address === null) throw refusedAddress(text);
  return address;
}

/** The canonical text: dotted decimal, or RFC 5952. */
export function formatAddress(address: IpAddress): string {
  return address.family === 'IPv4'
    ? new ipaddr.IPv4(digits(address.value, 4, 8n)).toString()
    : new ipaddr.IPv6(digits(address.value, 8, 16n)).toRFC5952String();
}

/** IPv4 before IPv6, then by value. */
export function compareAddresses(a: IpAddress, b: IpAddress): number {
  return compareFamilies(a.family, b.family) || compareBigints(a.value, b.value);
}

/** What {@link parseAddress} accepts, or null: an error that nobody reads costs more than the address. */
export function readAddress(text: string): IpAddress | null {
  if (text.length > MAX_TEXT_LENGTH) return null;
  if (!text.includes(':')) return readIpv4(text);
  const address = readIpv6(text);
  return address === null || isIpv4Mapped(address) ? null : address;
}

/** Why a text that resembles an address is none. */
export interface AddressRefusal {
  /** What is wrong, to stand after the text. */
  readonly reason: string;
  /** What may have been meant. */
  readonly instead: readonly IpAddress[];
  /** What to do when nothing can be proposed; null where an example says it best. */
  readonly advice: string | null;
}

/** The error for a text that {@link readAddress} does not accept. */
export function refusedAddress(text: string): AddressError {
  const refusal = explainAddress(text);
  if (refusal === null) return new AddressError(`${quoted(text)} is not an IP address`, ADDRESS_EXAMPLES);
  const { reason, instead, advice } = refusal;
  return new AddressError(
    `${quoted(text)} ${reason}`,
    instead.length > 0 ? didYouMean(instead.map(formatAddress)) : (advice ?? ADDRESS_EXAMPLES),
  );
}

/** Explains a text that {@link readAddress} does not accept; null when it does not resemble an address at all. */
export function explainAddress(text: string): AddressRefusal | null {
  if (/\s/.test(text)) return surrounded('contains white space', text.replace(/\s+/g, ''));
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(text);
  if (bracketed !== null) {
    return surrounded(text.endsWith(']') ? 'has brackets' : 'has brackets and a port', bracketed[1]);
  }
  const slash = text.indexOf('/');
  if (slash !== -1) return surrounded('has a prefix length, one address has none', text.slice(0, slash));
  const zone = text.indexOf('%');
  if (zone !== -1) return surrounded('has a zone id, which means nothing outside one host', text.slice(0, zone));
  const port = /^([^:]+):\d+$/.exec(text);
  if (port !== null && readIpv4(port[1]) !== null) return surrounded('has a port', port[1]);
  if (isRange(text)) return { reason: 'is a range of addresses', instead: [], advice: null };
  if (text.includes(':')) return explainIpv6(text);
  if (/^[\da-fx.*]+$/i.test(text) && /\d/.test(text)) return explainIpv4(text);
  return null;
}

const ADDRESS_EXAMPLES = 'write one such as 10.0.0.1 or fd00::1';
const DOTTED_DECIMAL = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
const HEXADECIMAL_GROUPS = /^[\da-f:]+$/i;

function readIpv4(text: string): IpAddress | null {
  // ipaddr.js reads every form of inet_aton(3), octal included.
  if (!DOTTED_DECIMAL.test(text)) return null;
  try {
    return fromDigits('IPv4', ipaddr.IPv4.parse(text).octets);
  } catch {
    return null;
  }
}

function readIpv6(text: string): IpAddress | null {
  const groups = inHexadecimal(text);
  if (groups === null || !HEXADECIMAL_GROUPS.test(groups)) return null;
  try {
    return fromDigits('IPv6', ipaddr.IPv6.parse(groups).parts);
  } catch {
    return null;
  }
}

/** Rewrites a dotted tail (RFC 4291 section 2.2, form 3) as two groups: ipaddr.js takes `::10.0.0.1` for `::ffff:10.0.0.1`. */
function inHexadecimal(text: string): string | null {
  if (!text.includes('.')) return text;
  const [head, tail] = splitTail(text);
  const embedded = readIpv4(tail);
  if (embedded === null) return null;
  return `${head}${(embedded.value >> 16n).toString(16)}:${(embedded.value & 0xffffn).toString(16)}`;
}

function splitTail(text: string): [head: string, tail: string] {
  const end = text.lastIndexOf(':') + 1;
  return [text.slice(0, end), text.slice(end)];
}

function isIpv4Mapped(address: IpAddress): boolean {
  return address.family === 'IPv6' && address.value >> 32n === 0xffffn;
}

/** The value of an address from its digits, most significant first: octets for IPv4, groups for IPv6. */
function fromDigits(family: IpFamily, parts: readonly number[]): IpAddress {
  const bitsPerDigit = BigInt(addressBits(family) / parts.length);
  return { family, value: parts.reduce((value, part) => (value << bitsPerDigit) | BigInt(part), 0n) };
}

function digits(value: bigint, count: number, bitsPerDigit: bigint): number[] {
  const parts = new Array<number>(count);
  const mask = (1n << bitsPerDigit) - 1n;
  for (let place = count - 1, rest = value; place >= 0; place--, rest >>= bitsPerDigit) {
    parts[place] = Number(rest & mask);
  }
  return parts;
}

function isRange(text: string): boolean {
  const ends = text.split('-');
  return ends.length === 2 && ends.every((end) => readAddress(end) !== null);
}

function surrounded(reason: string, inner: string): AddressRefusal {
  const address = readAddress(inner);
  return { reason, instead: address === null ? [] : [address], advice: null };
}

function explainIpv4(text: string): AddressRefusal {
  const octets = text.split('.');
  const advice = 'write four decimal octets from 0 to 255';
  if (octets.includes('')) return { reason: 'has an empty octet', instead: [], advice };
  const strange = octets.find((octet) => !/^(?:\d+|0x[\da-f]+)$/i.test(octet));
  if (strange !== undefined) return { reason: `has the octet ${strange}, which is no number`, instead: [], advice };
  const values = octets.map(BigInt);
  return { reason: explainOctets(octets, values), instead: ipv4Meanings(values), advice };
}

function explainOctets(octets: readonly string[], values: readonly bigint[]): string {
  if (octets.length === 1) return 'is one integer instead of four octets';
  if (octets.length !== 4) return `has ${octets.length} octets instead of four`;
  if (octets.some((octet) => /^0x/i.test(octet))) return 'has a hexadecimal octet';
  if (octets.some((octet) => /^0\d/.test(octet))) return 'has leading zeros, which some programs read as octal';
  const large = octets.filter((_, index) => values[index] > 255n);
  return `has the octet ${large.join(' and the octet ')}, above 255`;
}

/** What people (missing octets are zeros at the end) and inet_aton(3) (the last number fills the rest) mean by these numbers. */
function ipv4Meanings(values: readonly bigint[]): IpAddress[] {
  if (values.length > 4) return [];
  const padded = values.concat(Array<bigint>(4 - values.length).fill(0n));
  const lastBits = BigInt(8 * (5 - values.length));
  const meanings = new Set<bigint>();
  if (values.every((value) => value <= 255n)) meanings.add(joinOctets(padded));
  if (values.slice(0, -1).every((value) => value <= 255n) && values[values.length - 1] >> lastBits === 0n) {
    meanings.add((joinOctets(values.slice(0, -1)) << lastBits) | values[values.length - 1]);
  }
  return [...meanings].map((value) => ({ family: 'IPv4', value }));
}

function joinOctets(values: readonly bigint[]): bigint {
  return values.reduce((joined, value) => (joined << 8n) | value, 0n);
}

function explainIpv6(text: string): AddressRefusal {
  const address = readIpv6(text);
  if (address !== null) {
    const instead: IpAddress[] = [{ family: 'IPv4', value: address.value & 0xffffffffn }];
    return { reason: 'is an IPv4-mapped IPv6 address', instead, advice: null };
  }
  const [head, tail] = splitTail(text);
  if (tail.includes('.') && readIpv4(tail) === null) {
    const advice = 'write the last 32 bits as two hexadecimal groups';
    return { reason: `ends in ${quoted(tail)}, which is no IPv4 address`, instead: [], advice };
  }
  // Where the tail is dotted it stands for two groups.
  const groups = tail.includes('.') ? `${head}0:0` : text;
  return {
    reason: explainGroups(groups),
    instead: [],
    advice: 'write eight hexadecimal groups, or one "::" for zeros',
  };
}

function explainGroups(text: string): string {
  const strange = /[^\da-f:]/iu.exec(text);
  if (strange !== null) return `has the character ${quoted(strange[0])}, which is no hexadecimal digit`;
  if (text.indexOf('::') !== text.lastIndexOf('::')) return 'has "::" more than once';
  if (/^:(?!:)/.test(text)) return 'starts with a single colon';
  if (/[^:]:$/.test(text)) return 'ends with a single colon';
  const groups = text.split(':').filter((group) => group !== '');
  const long = groups.find((group) => group.length > 4);
  if (long !== undefined) return `has the group ${long}, longer than four digits`;
  return text.includes('::')
    ? `has ${groups.length} groups beside "::", at most seven are possible`
    : `has ${groups.length} groups instead of eight`;
}
