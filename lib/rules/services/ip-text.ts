import {
  AddressError,
  addressBits,
  type Cidr,
  cidrAt,
  cidrHas,
  formatAddress,
  formatCidr,
  type IpAddress,
  parseAddress,
  parseCidr,
} from '../../address';
import type { Problem } from '../../finding/problem';
import type { ClusterFacts, FieldPath } from '../../model';
import { setTo, shown } from '../field-problem';
import { isStrict, STRICT_SINCE } from '../kubernetes-version';

/** An address as the API server reads it, and what is to be said about its text. */
export interface IpText {
  readonly address: IpAddress | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Before KEP-4858 (StrictIPCIDRValidation, on since Kubernetes 1.36) the API server took leading zeros, as decimal, and IPv4-mapped IPv6
 * addresses, as IPv4, and it still does for what is stored: a warning, unless the version is known. What no version takes is an error.
 */
export function readIpText(name: string, value: unknown, field: FieldPath, facts: ClusterFacts): IpText {
  if (typeof value !== 'string')
    return { address: undefined, problems: [notText(name, value, 'an IP address', field)] };
  try {
    return { address: parseAddress(value), problems: [] };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    const address = looseAddress(value);
    const fix = address !== undefined && isMapped(value) ? setTo(field, formatAddress(address)) : {};
    return {
      address,
      problems: [{ ...refused(name, error, field, facts, address && formatAddress(address)), ...fix }],
    };
  }
}

/** The same for a CIDR. */
export interface CidrText {
  readonly cidr: Cidr | undefined;
  readonly problems: readonly Problem[];
}

/** Host bits are the third thing that older versions take. */
export function readCidrText(name: string, value: unknown, field: FieldPath, facts: ClusterFacts): CidrText {
  if (typeof value !== 'string') return { cidr: undefined, problems: [notText(name, value, 'a CIDR', field)] };
  try {
    return { cidr: parseCidr(value), problems: [] };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    const cidr = looseCidr(value);
    const fix = cidr !== undefined && !hasLeadingZeros(value) ? setTo(field, formatCidr(cidr)) : {};
    return { cidr, problems: [{ ...refused(name, error, field, facts, cidr && formatCidr(cidr)), ...fix }] };
  }
}

/** Of which nobody knows whether the author meant octal numbers. */
function hasLeadingZeros(text: string): boolean {
  return !text.includes(':') && /(?:^|[./])0[0-9]/.test(text);
}

function isMapped(text: string): boolean {
  return text.includes(':') && !/[.:]0[0-9]+(?=[.]|$)/.test(text);
}

function notText(name: string, value: unknown, expected: string, field: FieldPath): Problem {
  return { field, message: `${name} is ${shown(value)}, not ${expected}`, help: `write ${expected} as a string` };
}

function refused(
  name: string,
  { reason, help }: AddressError,
  field: FieldPath,
  facts: ClusterFacts,
  loosely: string | undefined,
): Problem {
  if (loosely === undefined) return { field, message: `${name}: ${reason}`, help };
  return {
    field,
    severity: isStrict(facts) ? 'error' : 'warning',
    message: `${name}: ${reason}; Kubernetes refuses it since 1.${STRICT_SINCE}, and reads ${loosely} before`,
    help: `write ${loosely}`,
  };
}

function looseAddress(text: string): IpAddress | undefined {
  if (/^[0-9]{1,9}(\.[0-9]{1,9}){3}$/.test(text)) return parsed(text.replaceAll(/(^|\.)0+(?=[0-9])/g, '$1'));
  return mappedAddress(text);
}

/** With another group in the place of `ffff` it is an address like any other. */
function mappedAddress(text: string): IpAddress | undefined {
  const other = parsed(text.replace(/ffff(?=:)/i, 'fffe'));
  if (other?.family !== 'IPv6' || other.value >> 32n !== 0xfffen) return undefined;
  return { family: 'IPv4', value: other.value & 0xffffffffn };
}

function looseCidr(text: string): Cidr | undefined {
  const [addressText, prefixText, ...more] = text.split('/');
  if (more.length > 0 || !/^[0-9]{1,3}$/.test(prefixText)) return undefined;
  const strict = parsed(addressText);
  const address = strict ?? looseAddress(addressText);
  if (address === undefined) return undefined;
  const bits = addressBits(address.family);
  // An IPv4-mapped range counts its prefix from the start of the IPv6 address.
  const prefix = Number(prefixText) - (strict === undefined && addressText.includes(':') ? 96 : 0);
  if (prefix < 0 || prefix > bits) return undefined;
  const hostBits = BigInt(bits - prefix);
  return cidrAt(address.family, (address.value >> hostBits) << hostBits, prefix);
}

function parsed(text: string): IpAddress | undefined {
  try {
    return parseAddress(text);
  } catch (error) {
    if (error instanceof AddressError) return undefined;
    throw error;
  }
}

const SPECIAL: readonly { readonly cidr: Cidr; readonly name: string }[] = [
  ['0.0.0.0/32', 'the unspecified address'],
  ['::/128', 'the unspecified address'],
  ['127.0.0.0/8', 'a loopback address'],
  ['::1/128', 'a loopback address'],
  ['169.254.0.0/16', 'a link-local address'],
  ['fe80::/10', 'a link-local address'],
  ['224.0.0.0/24', 'a link-local multicast address'],
  ['ff02::/16', 'a link-local multicast address'],
].map(([cidr, name]) => ({ cidr: parseCidr(cidr), name }));

/** What no other machine can reach (ValidateNonSpecialIP of pkg/apis/core/validation). */
export function specialAddressProblems(
  name: string,
  address: IpAddress | undefined,
  field: FieldPath,
): readonly Problem[] {
  const special = address && SPECIAL.find(({ cidr }) => cidrHas(cidr, address));
  if (address === undefined || special === undefined) return [];
  return [
    {
      field,
      message: `${name} ${formatAddress(address)} is ${special.name}, which no other machine can reach`,
      help: 'use an address that is routed to where it is meant to lead',
    },
  ];
}
