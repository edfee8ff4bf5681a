import { cidrAt, parseCidr, type Cidr } from './cidr';

/** A block that an IANA registry sets apart. */
export interface SpecialPurposeRange {
  readonly cidr: Cidr;
  /** The name in the registry. */
  readonly name: string;
  /** The document that sets the block apart. */
  readonly source: string;
  /** For the networks of a cluster: `never` works, or is `unwise` because others drop, filter or already use it. */
  readonly usable: 'never' | 'unwise';
}

/**
 * The blocks that no pod, Service or load balancer should have, in address order. A block may lie inside another.
 *
 * Names and documents are those of the IANA registries: IPv4 Special-Purpose, IPv6 Special-Purpose (RFC 6890), IPv4 Multicast and IPv6 Address
 * Space. Private-use space (RFC 1918) and unique local addresses (RFC 4193), which clusters are meant to use, are not in the table.
 */
export const SPECIAL_PURPOSE_RANGES: readonly SpecialPurposeRange[] = [
  never('0.0.0.0/8', '"This network"', 'RFC 791'),
  unwise('100.64.0.0/10', 'Shared Address Space', 'RFC 6598'),
  never('127.0.0.0/8', 'Loopback', 'RFC 1122'),
  never('169.254.0.0/16', 'Link Local', 'RFC 3927'),
  unwise('192.0.0.0/24', 'IETF Protocol Assignments', 'RFC 6890'),
  unwise('192.0.2.0/24', 'Documentation (TEST-NET-1)', 'RFC 5737'),
  unwise('198.18.0.0/15', 'Benchmarking', 'RFC 2544'),
  unwise('198.51.100.0/24', 'Documentation (TEST-NET-2)', 'RFC 5737'),
  unwise('203.0.113.0/24', 'Documentation (TEST-NET-3)', 'RFC 5737'),
  never('224.0.0.0/4', 'Multicast', 'RFC 5771'),
  unwise('240.0.0.0/4', 'Reserved', 'RFC 1112'),
  never('255.255.255.255/32', 'Limited Broadcast', 'RFC 919'),
  never('::/128', 'Unspecified Address', 'RFC 4291'),
  never('::1/128', 'Loopback Address', 'RFC 4291'),
  // `parseCidr` refuses this block, as it should for everybody else.
  {
    cidr: cidrAt('IPv6', 0xffff_0000_0000n, 96),
    name: 'IPv4-mapped Address',
    source: 'RFC 4291',
    usable: 'never',
  },
  unwise('2001:db8::/32', 'Documentation', 'RFC 3849'),
  never('fe80::/10', 'Link-Local Unicast', 'RFC 4291'),
  unwise('fec0::/10', 'Site-Local Unicast (deprecated)', 'RFC 3879'),
  never('ff00::/8', 'Multicast', 'RFC 4291'),
];

function never(cidr: string, name: string, source: string): SpecialPurposeRange {
  return { cidr: parseCidr(cidr), name, source, usable: 'never' };
}

function unwise(cidr: string, name: string, source: string): SpecialPurposeRange {
  return { cidr: parseCidr(cidr), name, source, usable: 'unwise' };
}
