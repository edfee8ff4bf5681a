import {
  type AddressRange,
  cidrsOverlap,
  parseCidr,
  rangeOfCidr,
  rangesOverlap,
  SPECIAL_PURPOSE_RANGES,
} from '../../address';
import { describeClaim, findMisplacedRanges } from '../../plan';
import { concat } from '../../model';
import { type ModelClaim, partiesOf, rangeClaims } from './range-claims';
import type { NetworkRule } from '../network-rule';

const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'].map(parseCidr);

/** Whoever has other addresses of IPv4 has them in common with hosts of the internet. */
const NOT_PUBLIC: readonly AddressRange[] = concat(
  ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parseCidr),
  SPECIAL_PURPOSE_RANGES.map(({ cidr }) => cidr),
  // GKE gives Services addresses that belong to Google.
  [parseCidr('34.118.224.0/20')],
).map(rangeOfCidr);

const DOCUMENTATION: readonly AddressRange[] = SPECIAL_PURPOSE_RANGES.filter(({ name }) =>
  name.startsWith('Documentation'),
).map(({ cidr }) => rangeOfCidr(cidr));

/** Address space that never works or that others use (IANA special-purpose registries, RFC 6890), as the planning phase sees it. */
export const clusterRangeMisplaced: NetworkRule = {
  code: 'NL131',
  slug: 'cluster-range-misplaced',
  severity: 'warning',
  title: 'A range of the cluster lies in address space that is set aside',
  check(model, report) {
    const claims = rangeClaims(model);
    const judged = claims.filter(
      ({ on, role, range, ipPool }) =>
        on !== undefined &&
        role !== 'nodes' &&
        // Load balancers of an example have addresses of the documentation, to be replaced.
        !(role === 'loadBalancers' && DOCUMENTATION.some((block) => isInside(range, block))) &&
        // Calico refuses these pools, and `ip-pool-cidr-invalid` says so.
        !LINK_LOCAL.some((range) => ipPool !== undefined && cidrsOverlap(range, ipPool.cidr)),
    );
    // Ranges that a CNI takes when it is given none are in the way of nobody whose CNI is given one.
    for (const found of findMisplacedRanges(judged, new Set(['']))) {
      const [subject] = partiesOf(found, claims);
      if (subject?.on === undefined) continue;
      report({
        on: subject.on,
        field: subject.field,
        severity: found.severity,
        message: found.message,
        help: found.help,
      });
    }
    for (const claim of judged.filter(isPublic)) {
      if (claim.on === undefined) continue;
      report({
        on: claim.on,
        field: claim.field,
        message: `${describeClaim(claim)} is public address space: hosts of the internet with these addresses cannot be reached`,
        help: 'choose a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), unless the range is your own',
      });
    }
  },
};

function isInside(range: AddressRange, { family, first, last }: AddressRange): boolean {
  return range.family === family && first <= range.first && range.last <= last;
}

/** Load balancers are reached from outside, so that theirs may be public. */
function isPublic({ role, range }: ModelClaim): boolean {
  if (role === 'loadBalancers' || range.family !== 'IPv4') return false;
  return !NOT_PUBLIC.some((known) => rangesOverlap(known, range));
}
