import { AddressError, formatCidr, formatRange, parseRange, rangeToCidrs, type AddressRange } from '../address';

/** A question, understood. */
export type Query =
  | { readonly kind: 'address'; readonly text: string; readonly range: AddressRange }
  | { readonly kind: 'port'; readonly text: string; readonly port: number; readonly protocol: string | null }
  | { readonly kind: 'name'; readonly text: string; readonly name: string }
  | { readonly kind: 'host'; readonly text: string; readonly host: string; readonly path: string };

/** Why a question cannot be understood. */
export interface QueryProblem {
  readonly message: string;
  readonly help: string;
}

const FORMS =
  'ask for an address (10.2.3.7), a CIDR or range, a port (30080/TCP), a host and path (shop.example.com/cart), or a DNS name (db.shop.svc.cluster.local)';
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const LAST_PORT = 65_535;
const LABEL = '[a-z0-9_]([-a-z0-9_]*[a-z0-9])?';
const HOST = new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*\\.?$`, 'i');

/** Reads a question. Never throws. `zones` are the DNS domains of the clusters. */
export function readQuery(text: string, zones: readonly string[]): Query | QueryProblem {
  const asked = text.trim();
  if (asked === '') return { message: 'the question is empty', help: FORMS };
  const port = /^(\d+)(?:\/([a-z]+))?$/i.exec(asked);
  if (port !== null) return readPort(asked, port[1], port[2]);
  if (looksLikeAddress(asked)) return readAddresses(asked);
  return readHost(asked, zones);
}

export function isProblem(query: Query | QueryProblem): query is QueryProblem {
  return 'message' in query;
}

/** An address, a CIDR where it is one, else first-last. */
export function rangeName(range: AddressRange): string {
  const cidrs = rangeToCidrs(range);
  if (cidrs.length > 1) return formatRange(range);
  const [cidr] = cidrs;
  return range.first === range.last ? formatCidr(cidr).replace(/\/\d+$/, '') : formatCidr(cidr);
}

function readPort(text: string, number: string, protocolText: string | undefined): Query | QueryProblem {
  const port = Number(number);
  const protocol = protocolText?.toUpperCase() ?? null;
  if (port < 1 || port > LAST_PORT) {
    return { message: `${number} is no port`, help: `ports go from 1 to ${LAST_PORT}` };
  }
  if (protocol !== null && !PROTOCOLS.includes(protocol)) {
    return {
      message: `${protocolText ?? ''} is no protocol of a Service`,
      help: `write ${PROTOCOLS.map((name) => `${port}/${name}`).join(', ')}`,
    };
  }
  return { kind: 'port', text, port, protocol };
}

/** Digits and dots, or colons that are not those before a port. */
function looksLikeAddress(text: string): boolean {
  return /^[\d./-]+$/.test(text) || (/^[\da-f:./-]+$/i.test(text) && /^[^/-]*:[\da-f]*:/i.test(text));
}

function readAddresses(text: string): Query | QueryProblem {
  try {
    return { kind: 'address', text, range: parseRange(text) };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    return { message: error.reason, help: error.help };
  }
}

function readHost(text: string, zones: readonly string[]): Query | QueryProblem {
  const withoutScheme = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const slash = withoutScheme.search(/[/?#]/);
  const authority = slash === -1 ? withoutScheme : withoutScheme.slice(0, slash);
  const host = authority.replace(/:\d+$/, '').toLowerCase();
  const path = slash === -1 ? '/' : withoutScheme.slice(slash).split(/[?#]/)[0] || '/';
  if (!HOST.test(host) && host !== '*') {
    return { message: `${JSON.stringify(text)} is no address, port, host or DNS name`, help: FORMS };
  }
  const name = host.replace(/\.$/, '');
  if (slash === -1 && isClusterName(name, zones)) return { kind: 'name', text, name };
  return { kind: 'host', text, host: name, path };
}

function isClusterName(name: string, zones: readonly string[]): boolean {
  return /\.(svc|pod)$/.test(name) || zones.some((zone) => new RegExp(`\\.(svc|pod)\\.${escaped(zone)}$`).test(name));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
