import { cidrsOverlap, parseCidr } from '../../address';
import { findMisplacedRanges } from '../../plan';
import { partiesOf, rangeClaims } from './range-claims';
import type { NetworkRule } from '../network-rule';

const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'].map(parseCidr);

/** Address space that never works or that others use (IANA special-purpose registries, RFC 6890), as the planning phase sees it. */
export const clusterRangeMisplaced: NetworkRule = {
  code: 'NL131',
  slug: 'cluster-range-misplaced',
  severity: 'warning',
  title: 'A range of the cluster lies in address space that is set aside',
  check(model, report) {
    const claims = rangeClaims(model);
    const judged = claims.filter(
      ({ on, role, ipPool }) =>
        on !== undefined &&
        role !== 'nodes' &&
        // Calico refuses these pools, and `ip-pool-cidr-invalid` says so.
        !LINK_LOCAL.some((range) => ipPool !== undefined && cidrsOverlap(range, ipPool.cidr)),
    );
    // Ranges that a CNI takes when it is given none are in the way of nobody whose CNI is given one.
    for (const found of findMisplacedRanges(judged, new Set(['']))) {
      const [subject] = partiesOf(found, claims);
      // Addresses of the documentation stand in examples everywhere, to be replaced.
      if (subject?.on === undefined || found.message.includes('(Documentation')) continue;
      report({
        on: subject.on,
        field: subject.field,
        severity: found.severity,
        message: found.message,
        help: found.help,
      });
    }
  },
};
