import { formatCidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { at, below, isMetalLb, list, readMaskedCidr, text, withoutPrefixZeros } from '../../model';
import { addressProblem, cidrProblem, rangeProblem } from '../address-problem';
import { setTo } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** metallb/metallb, internal/config: `ParseCIDR` takes CIDRs and `start-end`, and drops the host bits of a CIDR and zeros before its prefix length. What is no list of texts, and what is given twice, is NL646. */
export const metallbPoolInvalid: NetworkRule = {
  code: 'NL630',
  slug: 'metallb-pool-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An IPAddressPool is one that MetalLB cannot read',
  check(model, report) {
    for (const object of model.ofKind('IPAddressPool')) {
      if (!isMetalLb(object, 'IPAddressPool')) continue;
      const path = ['spec', 'addresses'];
      const given = at(object.manifest, ...path);
      const addresses = list(given);
      if (Array.isArray(given) && given.length === 0) {
        report({
          on: object,
          field: path,
          message: 'the pool has no addresses',
          help: 'list CIDRs or ranges, such as 192.0.2.0/26 or 192.0.2.10-192.0.2.20',
        });
      }
      for (const [index, value] of addresses.entries()) {
        const field = below(path, index);
        const entry = text(value);
        const masked = entry === undefined ? undefined : readMaskedCidr(withoutPrefixZeros(entry));
        const problem = entryProblem(value);
        if (problem === undefined) continue;
        if (masked === undefined) {
          report({ on: object, field, message: `addresses of the pool: ${problem.message}`, help: problem.help });
        } else {
          report({
            on: object,
            field,
            severity: 'warning',
            message: `addresses of the pool: ${problem.message}, and MetalLB gives out all of ${formatCidr(masked)}`,
            help: `write ${formatCidr(masked)}, or the range that is meant as first-last`,
            ...setTo(field, formatCidr(masked)),
          });
        }
      }
    }
  },
};

function entryProblem(value: unknown): Problem | undefined {
  const entry = text(value);
  if (entry === undefined) return undefined;
  if (entry.includes('-')) return rangeProblem(withoutSpaceAroundDash(entry));
  // An address alone is none of the two forms.
  return addressProblem(entry) === undefined
    ? {
        message: `${entry} is an address without prefix length`,
        help: `write ${entry}/${entry.includes(':') ? 128 : 32}`,
      }
    : cidrProblem(entry);
}

/** White space of any kind: `strings.TrimSpace` of both ends. */
function withoutSpaceAroundDash(range: string): string {
  const dash = range.indexOf('-');
  return `${range.slice(0, dash).trim()}-${range.slice(dash + 1).trim()}`;
}
