import { AddressError, parseAddress } from '../../address';
import type { Problem } from '../../finding/problem';
import { at, isDnsSubdomain, type Service } from '../../model';
import { checkEach, isSet, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** ValidateService takes a DNS-1123 subdomain with an optional dot at the end; IPv4 addresses pass, as their digits are labels, and resolve to nothing. */
export const externalName: NetworkRule = {
  code: 'NL301',
  slug: 'external-name',
  severity: 'error',
  title: 'An ExternalName Service is an alias of something that is no DNS name',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

const FIELD = ['spec', 'externalName'];

function serviceProblems({ object, type }: Service): readonly Problem[] {
  if (type !== 'ExternalName') return [];
  const value = at(object.manifest, 'spec', 'externalName');
  if (!isSet(value) || value === '') {
    return [
      {
        field: ['spec'],
        message: 'the ExternalName Service has no externalName',
        help: 'set externalName to the DNS name that the Service is an alias of',
      },
    ];
  }
  if (typeof value !== 'string') {
    return [
      { field: FIELD, message: `externalName is ${shown(value)}`, help: 'write a DNS name such as db.example.com' },
    ];
  }
  if (isAddress(value)) {
    return [
      {
        field: FIELD,
        message: `externalName ${shown(value)} is an IP address, and an alias needs a DNS name`,
        help: 'use a Service without selector and an EndpointSlice with the address',
      },
    ];
  }
  if (isDnsSubdomain(value.replace(/\.$/, ''))) return [];
  return [{ field: FIELD, message: `externalName ${shown(value)} is not a DNS name`, help: nameHelp(value) }];
}

function nameHelp(value: string): string {
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:?#]+)/i.exec(value)?.[1]?.toLowerCase();
  if (host === undefined || !isDnsSubdomain(host) || isAddress(host)) {
    return 'write a DNS name in lower case, without scheme, port and path';
  }
  return host === value.toLowerCase()
    ? `write ${host}`
    : `write ${host}: a scheme, a port or a path cannot be part of it`;
}

function isAddress(text: string): boolean {
  if (/^[0-9]+(\.[0-9]+){3}\.?$/.test(text)) return true;
  try {
    parseAddress(text.replace(/^\[(.*)\]$/, '$1'));
    return true;
  } catch (error) {
    if (error instanceof AddressError) return false;
    throw error;
  }
}
