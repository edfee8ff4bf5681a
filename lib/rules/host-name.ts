import { readAddress } from '../address';
import type { Problem } from '../finding/problem';
import type { FieldPath } from '../model';
import { isDnsSubdomain } from '../syntax/name-syntax';
import { type Mending, setTo } from './field-problem';

function isIpAddress(text: string): boolean {
  // The API server reads leading zeros too (ParseIPSloppy).
  if (/^\d+(\.\d+){3}$/.test(text)) return text.split('.').every((part) => Number(part) <= 255);
  return readAddress(text.replace(/^\[(.*)\]$/, '$1')) !== null;
}

/** RFC 1123: what a Service may be called, whatever the version of the cluster (KEP-5311 allows a digit first). */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && !text.includes('.') && isDnsSubdomain(text);
}

const NAME_NOT_ADDRESS = 'hosts are told apart by name: use a DNS name, or leave the host out for all hosts';

/** What to do about a text that is no host of an Ingress, a Gateway or a route; undefined when it is one: a DNS name, or `*.` and a DNS name. */
export function hostHelp(host: string): string | undefined {
  const isName = isDnsSubdomain(host.replace(/^\*\./, ''));
  // An IPv4 address has the form of a DNS name as well.
  if (isName && !/^[\d.]+$/.test(host)) return undefined;
  if (isIpAddress(host)) return NAME_NOT_ADDRESS;
  if (isName) return undefined;
  const bare = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:?#]+)/i.exec(host)?.[1]?.toLowerCase();
  if (bare !== undefined && bare !== host && isDnsSubdomain(bare.replace(/^\*\./, ''))) return `did you mean ${bare}?`;
  return 'use a DNS name in lower case, without scheme, port and path; a * may stand for its first label only';
}

/** What is wrong with a host that has the form of a name: it is an address. The schemas of Gateway API take it, and no request matches it. */
export function addressAsHost(host: unknown, field: FieldPath): readonly Problem[] {
  if (typeof host !== 'string' || !isDnsSubdomain(host.replace(/^\*\./, '')) || !isIpAddress(host)) return [];
  return [{ field, message: `hostname ${JSON.stringify(host)} is not a host name`, help: NAME_NOT_ADDRESS }];
}

/** For a host that is wrong in its case only. */
export function inLowerCase(field: FieldPath, host: string): Mending {
  const lower = host.toLowerCase();
  return lower !== host && hostHelp(lower) === undefined ? setTo(field, lower) : {};
}
